import { type ComponentKind, defineComponent } from '../ecs/world.ts';
import { mechanisms } from '../mechanisms/index.ts';

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

/** Declares the components of all mechanisms registered now, including those without steps. */
export function declareMechanisms(): void {
  for (const { id } of mechanisms.all()) componentOf(id);
}
