import { sampleOf, valuesQuery } from '../asking/events-asked.ts'
import {
  definitionOf,
  noMaps,
  type QuestionContext,
  type QuestionKind,
  segmentOf,
} from '../asking/question-kind.ts'
import { type Reads, rowsOf } from '../asking/read.ts'
import { at, held } from '../at.ts'
import {
  type CustomerNameRow,
  customerLabel,
  customerNamesQuery,
  type TraitRow,
  traitsOfQuery,
} from '../customer-journey/customer-query.ts'
import { shareOf } from '../share.ts'
import {
  type ItemValuesFound,
  itemSelection,
  planVariants,
  variantParameters,
  type VariantsPlan,
} from './variant-plan.ts'
import { type VariantRow, variantsQuery } from './variant-query.ts'
import type { VariantExample, VariantsAnswer, VariantsQuestion } from './variant.ts'

export interface VariantsFound extends ItemValuesFound {
  readonly variants: readonly VariantRow[]
  /** Of the customers named. */
  readonly names: readonly CustomerNameRow[]
  readonly traits: readonly TraitRow[]
}

export const variantsKind: QuestionKind<
  VariantsQuestion,
  VariantsPlan,
  VariantsFound,
  VariantsAnswer
> = { mapsOf: noMaps, segmentOf, plan: planVariants, reads, shape }

function reads(
  plan: VariantsPlan,
  found: Partial<VariantsFound>,
  context: QuestionContext,
): Reads<VariantsFound> {
  const { every, text } = plan
  if (text !== null && found.values === undefined) {
    return { values: rowsOf(valuesQuery(context, every, text)) }
  }
  if (found.variants === undefined) {
    const journeys = itemSelection(plan, found, context.kinds)
    return { variants: rowsOf(variantsQuery(context, journeys, plan)) }
  }
  const keys = [...new Set(found.variants.flatMap(({ named }) => named))].map(BigInt)
  if (keys.length === 0) return {}
  return {
    names: rowsOf(customerNamesQuery(context.reading, keys)),
    traits: rowsOf(traitsOfQuery(context.reading, keys)),
  }
}

function shape(
  plan: VariantsPlan,
  found: Partial<VariantsFound>,
  context: QuestionContext,
): VariantsAnswer {
  const { items } = itemSelection(plan, found, context.kinds)
  const rows = held(found.variants, 'variants')
  const [first] = rows
  const journeys = Number(first?.all_journeys ?? 0)
  const variants = Number(first?.all_variants ?? 0)
  const label = labels(found)
  const listed = rows.map((row) => ({
    id: row.variant,
    items: row.codes.map((code) => at(items, code)),
    length: Number(row.items),
    count: Number(row.journeys),
    customers: Number(row.customers),
    share: shareOf(Number(row.journeys), journeys),
    medianMs: row.median_ms,
    examples: row.named.map((customer): VariantExample => ({ customer, label: label(customer) })),
  }))
  const rest = journeys - listed.reduce((sum, { count }) => sum + count, 0)
  const { question } = plan
  const unit =
    question.unit !== undefined ? 'values' : plan.gapMs === null ? 'customers' : 'sessions'
  const sample = sampleOf(unit, journeys, question)
  return {
    version: 1,
    kind: 'variants',
    definition: definitionOf('variants', variantParameters(plan), sample, context),
    journeys,
    customers: Number(first?.all_customers ?? 0),
    variants,
    once: Number(first?.all_once ?? 0),
    listed,
    rest: {
      variants: variants - listed.length,
      count: rest,
      share: shareOf(rest, journeys),
    },
  }
}

function labels({ names = [], traits = [] }: Partial<VariantsFound>): (customer: string) => string {
  const known = new Map<string, Map<string, string>>()
  for (const { customer, trait, value } of traits) {
    const own = known.get(customer) ?? new Map<string, string>()
    known.set(customer, own.set(trait, value))
  }
  const called = new Map(names.map((row) => [row.customer, row]))
  return (customer) =>
    customerLabel(
      known.get(customer) ?? new Map(),
      called.get(customer)?.user_id ?? '',
      called.get(customer)?.anonymous_id ?? '',
    )
}
