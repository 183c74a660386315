import { expect, test } from 'vitest'
import { commentOf, emotionOf, feedbackOf, type FeedbackScale } from './feedback.ts'

// SPEC.md, "Feedback": [FB1] which events are feedback, [FB2] what is no answer, [FB3] the emotion scale,
// [FB4] the words beside it.

test.each([
  ['survey_answered', { scale: 'nps', score: '9', touchpoint: 'Delivery' }, 'nps', 9, 'Delivery'],
  ['Survey Answered', { survey_type: 'CSAT', score: '2' }, 'csat', 2, ''],
  ['survey_answered', { ces: '7' }, 'ces', 7, ''],
  ['nps_answered', { score: '0' }, 'nps', 0, ''],
  ['review_posted', { rating: '4.5', touchpoint_id: 'tp_1' }, 'csat', 4.5, 'tp_1'],
  ['Product Reviewed', { rating: '1' }, 'csat', 1, ''],
  ['sentiment_scored', { score: '-0.5', scale: 'sentiment' }, 'sentiment', -0.5, ''],
] as const)('[FB1] %s %o is feedback', (name, properties, scale, score, touchpoint) => {
  expect(feedbackOf(name, properties)).toEqual({ scale, score, touchpoint })
})

test.each([
  ['another event', 'purchase', { score: '5', scale: 'csat' }],
  ['code 11 of an NPS question', 'survey_answered', { scale: 'nps', score: '11' }],
  ['half a point of NPS', 'survey_answered', { scale: 'nps', score: '6.5' }],
  ['an empty answer', 'survey_answered', { scale: 'nps', score: '' }],
  ['no score', 'review_posted', { text: 'fine' }],
  ['no scale', 'survey_answered', { score: '4' }],
  ['a word', 'survey_answered', { scale: 'csat', score: 'good' }],
] as const)('[FB2] %s is no answer', (_why, name, properties) => {
  expect(feedbackOf(name, properties)).toBeNull()
})

test.each<[FeedbackScale, number, number]>([
  ['csat', 1, -2],
  ['csat', 3, 0],
  ['csat', 5, 2],
  ['nps', 0, -2],
  ['nps', 6, -2],
  ['nps', 7, 0],
  ['nps', 8, 0],
  ['nps', 9, 2],
  ['nps', 10, 2],
  ['ces', 1, -2],
  ['ces', 4, 0],
  ['ces', 7, 2],
  ['sentiment', -1, -2],
  ['sentiment', 0.25, 0.5],
])('[FB3] %s %d is %d on the emotion scale', (scale, score, emotion) => {
  expect(emotionOf(scale, score)).toBeCloseTo(emotion, 12)
})

test.each([
  [{ comment: ' Late again. ', score: '2' }, 'Late again.'],
  [{ comment: '', text: 'Fine' }, 'Fine'],
  [{ review_body: 'Too small' }, 'Too small'],
  [{ score: '2', product: 'shoe' }, null],
  [{ comment: '  ' }, null],
])('[FB4] the words of %o', (properties, words) => {
  expect(commentOf(properties)).toBe(words)
})
