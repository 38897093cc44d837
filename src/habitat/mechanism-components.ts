import { type ComponentKind, defineComponent } from '../ecs/world.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';

const components = new Map<string, ComponentKind<object>>();

/** The component that switches a mechanism on for a population; its value is the mechanism's parameters. */
export function componentOf(mechanism: string): ComponentKind<object> {
  let component = components.get(mechanism);
  if (!component) {
    component = defineComponent(`mechanism ${mechanism}`);
    components.set(mechanism, component);
  }
  return component;
}

/** Declares the components of mechanisms, including those without steps. */
export function declareMechanisms(mechanisms: MechanismSet): void {
  for (const { id } of mechanisms.all()) componentOf(id);
}
