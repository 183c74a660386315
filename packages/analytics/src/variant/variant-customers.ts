import { valuesQuery } from '../asking/events-asked.ts'
import { noMaps, type QuestionContext, type QuestionKind } from '../asking/question-kind.ts'
import { rowsOf } from '../asking/read.ts'
import { held } from '../at.ts'
import type { ListedCustomers } from '../living-map/map-counts.ts'
import { isMisfit } from '../selection/misfit.ts'
import {
  type ItemValuesFound,
  itemSelection,
  planVariants,
  type VariantsPlan,
} from './variant-plan.ts'
import { type VariantCustomerRow, variantCustomersQuery } from './variant-query.ts'
import type { VariantsQuestion } from './variant.ts'

/** Who stands behind one variant of an answer. */
export interface VariantCustomersQuestion {
  readonly variants: VariantsQuestion
  /** Its `id`. */
  readonly variant: string
  /** Named at most. */
  readonly most: number
}

interface VariantCustomersPlan extends VariantsPlan {
  readonly asked: VariantCustomersQuestion
}

interface VariantCustomersFound extends ItemValuesFound {
  readonly behind: readonly VariantCustomerRow[]
}

export const variantCustomersKind: QuestionKind<
  VariantCustomersQuestion,
  VariantCustomersPlan,
  VariantCustomersFound,
  ListedCustomers
> = {
  mapsOf: noMaps,
  segmentOf: ({ variants }) => variants.segment ?? null,
  plan: (asked, context: QuestionContext) => {
    if (asked.variants.unit !== undefined) {
      return {
        place: 'unit',
        value: asked.variants.unit,
        expected: 'none: values of a property are no customers',
      }
    }
    if (BigInt(asked.variant) >= 1n << 64n) {
      return { place: 'variant', value: asked.variant, expected: 'the id of a variant' }
    }
    const plan = planVariants(asked.variants, context)
    return isMisfit(plan) ? plan : { ...plan, asked }
  },
  reads: (plan, found, context) => {
    if (plan.text !== null && found.values === undefined) {
      return { values: rowsOf(valuesQuery(context, plan.every, plan.text)) }
    }
    const journeys = itemSelection(plan, found, context.kinds)
    const { variant, most } = plan.asked
    const asked = { variant: BigInt(variant), most }
    return { behind: rowsOf(variantCustomersQuery(context, journeys, plan, asked)) }
  },
  shape: (_plan, found) => {
    const rows = held(found.behind, 'customers of the variant')
    return {
      total: Number(rows[0]?.total ?? 0),
      customers: rows.map(({ customer, ended }) => ({ customer, timeMs: ended })),
    }
  },
}
