import { partAs } from '../counting/counted-as.ts'
import type { Counter } from '../counting/counting.ts'
import { selectedJourneys, type SelectedShape } from '../selection/selection.ts'
import { retentionKernel, type RetentionRules } from './retention-kernel.ts'

export interface RetentionCounting {
  readonly kind: 'retention'
  readonly shape: SelectedShape
  readonly rules: RetentionRules
}

export interface RetentionPart {
  readonly kind: 'retention'
  readonly matrix: readonly (readonly number[])[]
}

export interface RetentionCounted {
  readonly kind: 'retention'
  readonly matrix: readonly (readonly number[])[]
}

export function retentionCounter({ shape, rules }: RetentionCounting): Counter {
  const kernel = retentionKernel(rules)
  return {
    add: (block) => {
      for (const { times, codes } of selectedJourneys(block, shape)) {
        kernel.add({ times, masks: codes })
      }
    },
    part: () => ({ kind: 'retention', matrix: kernel.matrix() }),
    merge: (other) => kernel.merge(partAs(other, 'retention').matrix),
    counted: () => ({ kind: 'retention', matrix: kernel.matrix() }),
  }
}
