import type { EventKind } from '@parcurs/domain'
import { eventsAsked, narrowing, type ValueRow } from '../asking/events-asked.ts'
import type { Planned, QuestionContext } from '../asking/question-kind.ts'
import { held } from '../at.ts'
import { itemRules, type PathItems, pathItems } from '../path/path-items.ts'
import { itemCodeOfText, valueText } from '../selection/event-value.ts'
import { isMisfit, type Misfit } from '../selection/misfit.ts'
import type { Selection } from '../selection/selection.ts'
import { aroundPeriod, SESSION_GAP_MS } from '../session/session-kernel.ts'
import { type Sql, sql } from '../sql.ts'
import type { VariantsQuestion } from './variant.ts'

/** What is certain before the items are known. */
export interface VariantsPlan extends Planned {
  readonly question: VariantsQuestion
  readonly every: Selection
  /** The property's value as text; null: events and pages are the items. */
  readonly text: Sql | null
  /** A longer pause cuts; null: nothing does. */
  readonly gapMs: number | null
  readonly collapse: boolean
  readonly limit: number
  readonly examples: number
}

/** What is found of a question of variants first. */
export interface ItemValuesFound {
  /** The values of the property that is the item, most frequent first. */
  readonly values: readonly ValueRow[]
}

export function planVariants(
  question: VariantsQuestion,
  context: QuestionContext,
): VariantsPlan | Misfit {
  const narrowed = narrowing(question, context)
  if (isMisfit(narrowed)) return narrowed
  const { period } = narrowed
  const { items, per = 'customers', gapMs } = question
  if (per === 'customers' && gapMs !== undefined) {
    return { place: 'gapMs', value: gapMs, expected: '"per": "sessions" beside it' }
  }
  return {
    question,
    period,
    settledMs: null,
    every: {
      ...eventsAsked(question, period, context),
      code: { as: 'expression', sql: sql`1` },
      keep: 'matched',
      // A session belongs to the period in which it began, and is whole.
      period: period === null || per === 'customers' ? period : aroundPeriod(period),
    },
    text: typeof items === 'object' ? valueText([items.property]) : null,
    gapMs: per === 'sessions' ? (gapMs ?? SESSION_GAP_MS) : null,
    collapse: question.runs === 'collapse',
    limit: question.limit ?? 25,
    examples: question.unit === undefined ? (question.examples ?? 3) : 0,
  }
}

/** The events with the codes of their items, and what these are called. */
export function itemSelection(
  { question, every, text }: VariantsPlan,
  { values }: Partial<ItemValuesFound>,
  kinds: readonly EventKind[],
): { readonly selection: Selection; readonly items: PathItems['items'] } {
  if (text === null) {
    const { items, codeByKind } = pathItems(question, kinds, null)
    return { selection: { ...every, code: { as: 'kinds', byKind: codeByKind } }, items }
  }
  const texts = held(values, 'values of the property').map((row) => row.text)
  const { items, codeByValue } = pathItems(question, kinds, texts)
  const code = itemCodeOfText(text, texts, codeByValue)
  return { selection: { ...every, code: { as: 'expression', sql: code } }, items }
}

export function variantParameters(plan: VariantsPlan): Readonly<Record<string, unknown>> {
  const { question, period, gapMs, limit, examples } = plan
  return {
    items: question.items ?? 'event',
    ...itemRules(question),
    per: question.per ?? 'customers',
    gapMs,
    runs: question.runs ?? 'keep',
    limit,
    examples,
    period,
    segment: question.segment ?? null,
    where: question.where ?? [],
    unit: question.unit ?? null,
    sample: question.sample ?? 1,
  }
}
