import type { Leak } from '@parcurs/analytics'

/** The one thing proposed for a leak. Each works at once on this screen or leads to the customers themselves. */
export type LeakAction =
  /** Show the map for these customers alone. */
  | {
      readonly kind: 'segment'
      readonly by: 'property' | 'trait'
      readonly name: string
      readonly value: string
    }
  /** Show the time since it got worse beside the same time before. */
  | { readonly kind: 'compare-since'; readonly sinceMs: number }
  /** Open the step that they went back to. */
  | { readonly kind: 'open-step'; readonly stepId: string }
  /** The customers who left here. */
  | { readonly kind: 'customers'; readonly stepId: string; readonly left: number }

export function leakAction(leak: Leak): LeakAction {
  const { reason } = leak
  switch (reason.kind) {
    case 'property':
      return { kind: 'segment', by: 'property', name: reason.property, value: reason.value }
    case 'trait':
      return { kind: 'segment', by: 'trait', name: reason.trait, value: reason.value }
    case 'worse-since':
      return { kind: 'compare-since', sinceMs: reason.sinceMs }
    case 'way-back':
      return { kind: 'open-step', stepId: reason.toStepId }
    case 'event':
    case 'none':
      return { kind: 'customers', stepId: leak.stepId, left: leak.left }
  }
}
