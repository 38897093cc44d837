"""Reads PhyloXML with Python's own XML parser (expat); tells of every clade with a name what is in it, as JSON, one line each."""

import json
import sys
from xml.etree import ElementTree

NS = "{http://www.phyloxml.org}"

for file in sys.argv[1:]:
    clades = 0
    # A depth of thousands is usual: an event at a time, without the tree.
    for event, element in ElementTree.iterparse(file, events=("start", "end")):
        if event == "end" and element.tag == NS + "clade":
            clades += 1
            name = element.find(NS + "name")
            if name is not None:
                taxonomy = element.find(NS + "taxonomy")
                print(
                    json.dumps(
                        {
                            "file": file,
                            "name": name.text,
                            "length": float(element.find(NS + "branch_length").text),
                            "date": float(element.find(f"{NS}date/{NS}value").text),
                            "species": None if taxonomy is None else taxonomy.find(NS + "id").text,
                            "called": None if taxonomy is None else taxonomy.findtext(NS + "scientific_name"),
                            "properties": {p.get("ref"): p.text for p in element.findall(NS + "property")},
                        }
                    )
                )
            # Parents need to know only that they had children.
            for child in element.findall(NS + "clade"):
                element.remove(child)
    print(json.dumps({"file": file, "clades": clades}))
