import { touchpointId } from './touchpoint-id.ts'
import type { Random } from './random.ts'
import type { Trail } from './trail.ts'

/** How a customer feels about something, 0 (dreadful) to 1 (delighted). */
export type Mood = number

/** An answer of 1–5 about a touchpoint, asked where the customer is. */
export function answerCsat(trail: Trail, voice: Random, touchpoint: string, mood: Mood): void {
  const score = String(1 + steps(voice, mood, 4))
  trail.act('survey_answered', '', { survey: 'csat', score, touchpoint: touchpointId(touchpoint) })
}

/** The same to a known customer, by text message or at the till. */
export function answerCsatIn(
  trail: Trail,
  voice: Random,
  channel: string,
  touchpoint: string,
  mood: Mood,
): void {
  const score = String(1 + steps(voice, mood, 4))
  trail.known(channel, 'survey_answered', {
    survey: 'csat',
    score,
    touchpoint: touchpointId(touchpoint),
  })
}

/** "How easy was it?" 1–7 about a touchpoint. */
export function answerCes(trail: Trail, voice: Random, touchpoint: string, mood: Mood): void {
  const score = String(1 + steps(voice, mood, 6))
  trail.act('survey_answered', '', { survey: 'ces', score, touchpoint: touchpointId(touchpoint) })
}

/** "Would you recommend us?" 0–10, by email, about the shop as a whole. */
export function answerNps(trail: Trail, voice: Random, mood: Mood): void {
  const score = String(steps(voice, mood, 10))
  trail.known('email', 'survey_answered', { survey: 'nps', score })
}

/** One to five stars and no words. */
export function writeReview(trail: Trail, voice: Random, product: string, mood: Mood): void {
  const rating = String(1 + steps(voice, mood, 4))
  trail.known('review', 'review_submitted', { product, rating })
}

/** 0…top around the mood, with the spread of people. */
function steps(voice: Random, mood: Mood, top: number): number {
  const noise = (voice.unit() + voice.unit() + voice.unit() - 1.5) * 0.5
  return Math.min(top, Math.max(0, Math.round((mood + noise) * top)))
}
