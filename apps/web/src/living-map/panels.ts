// What opens beside the map: fetched together, once the map is drawn.
export { DefinitionPanel } from './definition-panel.tsx'
export { StepPanel } from './step-panel.tsx'
