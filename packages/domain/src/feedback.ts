import { snakeCase } from './shop-event.ts'

/** How an answer is counted. Ranges: csat 1–5, nps 0–10 (whole), ces 1–7 (7 = easy), sentiment −1…+1. */
export type FeedbackScale = 'csat' | 'nps' | 'ces' | 'sentiment'

/** One answer of a customer, as an incoming event carries it. */
export interface Feedback {
  readonly scale: FeedbackScale
  readonly score: number
  /** Id or name of the touchpoint it speaks of; empty: the event itself is matched by rules. */
  readonly touchpoint: string
}

const SCALES: readonly FeedbackScale[] = ['nps', 'csat', 'ces', 'sentiment']

/** Events that carry an answer, in snake case ("Survey Answered" is the same as survey_answered). */
const SURVEY_EVENTS: ReadonlySet<string> = new Set([
  'survey_answered',
  'survey_submitted',
  'survey_completed',
  'survey_response',
  'survey_responded',
  'feedback_given',
  'feedback_submitted',
  'chat_rated',
  'call_rated',
  'call_scored',
  'chat_scored',
  'conversation_rated',
  'conversation_scored',
  'sentiment_scored',
])

/** Stars of 1–5, counted as csat. */
const REVIEW_EVENTS: ReadonlySet<string> = new Set([
  'review_posted',
  'review_submitted',
  'review_published',
  'review_added',
  'product_reviewed',
  'rating_given',
  'rating_submitted',
])

/** `nps_answered`, `CSAT Submitted`, … name their scale in the event. */
const SCALED_EVENT =
  /^(nps|csat|ces|sentiment)(_(answered|submitted|given|response|scored|survey|rated))?$/

const SCALE_PROPERTIES = ['scale', 'survey_type', 'survey_kind', 'metric', 'survey'] as const
const SCORE_PROPERTIES = ['score', 'rating', 'stars', 'answer', 'response', 'value'] as const
const TOUCHPOINT_PROPERTIES = [
  'touchpoint_id',
  'touchpoint',
  'touchpointId',
  'touchpoint_name',
] as const

/** What customers wrote, by the names of survey and review tools. */
export const COMMENT_PROPERTIES = [
  'comment',
  'comments',
  'text',
  'review_text',
  'review_body',
  'body',
  'verbatim',
  'feedback',
  'message',
] as const

/**
 * Reads the answer out of an event: `survey_answered { scale: 'nps', score: 9, touchpoint: 'Delivery' }`,
 * `review_posted { rating: 4 }`, `nps_answered { score: 7 }`, `survey_answered { csat: 2 }`.
 *
 * @param properties text values, as in `EventFacts`
 * @returns null when the event is no feedback, names no scale, or its score is no valid answer
 *   (codes for "blank" or "never used", such as 11 on an NPS question, are not answers)
 */
export function feedbackOf(
  name: string,
  properties: Readonly<Record<string, string>>,
): Feedback | null {
  const event = snakeCase(name)
  const named = SCALED_EVENT.exec(event)?.[1]
  const review = REVIEW_EVENTS.has(event)
  if (named === undefined && !review && !SURVEY_EVENTS.has(event)) return null
  const scale = scaleOf(named, properties) ?? (review ? 'csat' : null)
  if (scale === null) return null
  const text =
    properties[scale] ?? properties[`${scale}_score`] ?? firstOf(properties, SCORE_PROPERTIES)
  const score = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  if (!isAnswer(scale, score)) return null
  return { scale, score, touchpoint: firstOf(properties, TOUCHPOINT_PROPERTIES) ?? '' }
}

/** Words beside the score, by the names that survey and review tools give them; null: none. */
export function commentOf(properties: Readonly<Record<string, string>>): string | null {
  const written = COMMENT_PROPERTIES.map((property) => properties[property]?.trim() ?? '')
  return written.find((text) => text !== '') ?? null
}

/** True when `score` lies on the scale. */
export function isAnswer(scale: FeedbackScale, score: number): boolean {
  switch (scale) {
    case 'csat':
      return score >= 1 && score <= 5
    case 'nps':
      return Number.isInteger(score) && score >= 0 && score <= 10
    case 'ces':
      return score >= 1 && score <= 7
    case 'sentiment':
      return score >= -1 && score <= 1
  }
}

/**
 * The answer on the emotion scale −2…+2: CSAT 1–5 and CES 1–7 linear, NPS 0–6 → −2, 7–8 → 0,
 * 9–10 → +2, sentiment × 2.
 */
export function emotionOf(scale: FeedbackScale, score: number): number {
  switch (scale) {
    case 'csat':
      return score - 3
    case 'nps':
      return score >= 9 ? 2 : score >= 7 ? 0 : -2
    case 'ces':
      return ((score - 1) / 6) * 4 - 2
    case 'sentiment':
      return score * 2
  }
}

function scaleOf(
  named: string | undefined,
  properties: Readonly<Record<string, string>>,
): FeedbackScale | null {
  const said = [named, ...SCALE_PROPERTIES.map((property) => properties[property])]
  for (const text of said) {
    const scale = SCALES.find((known) => known === text?.trim().toLowerCase())
    if (scale !== undefined) return scale
  }
  return SCALES.find((known) => properties[known] !== undefined) ?? null
}

function firstOf(
  properties: Readonly<Record<string, string>>,
  names: readonly string[],
): string | undefined {
  return names.map((name) => properties[name]).find((text) => text !== undefined)
}
