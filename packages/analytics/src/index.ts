export type { Planned, QuestionContext, QuestionKind } from './asking/question-kind.ts'
export type { Answer, Question } from './asking/question-kinds.ts'
export { type KindTimes, type Read, rowsOf } from './asking/read.ts'
export { at, held } from './at.ts'
export { type DecidedRule, decidedRule, decidedRules } from './condition/decided-rule.ts'
export { ruleCondition } from './condition/event-sql.ts'
export { countedAs } from './counting/counted-as.ts'
export { type Counted, type Counting, type Part } from './counting/counting.ts'
export {
  type IdentityRow,
  type JourneyEventRow,
  customerJourneyQuery,
  identitiesQuery,
} from './customer-journey/customer-journey-query.ts'
export {
  type CustomerNameRow,
  type CustomerRow,
  type TraitRow,
  customerCountQuery,
  customerLabel,
  customerNamesQuery,
  customersAmong,
  customersFound,
  customersQuery,
  ownerOfQuery,
  traitsOfQuery,
} from './customer-journey/customer-query.ts'
export type { FirstTimeRule } from './funnel/first-time.ts'
export { type FunnelGrouping, funnelKernel } from './funnel/funnel-kernel.ts'
export { funnelKind } from './funnel/funnel-kind.ts'
export type { FunnelRules } from './funnel/funnel-rules.ts'
export { type FunnelTally, mergeTallies } from './funnel/funnel-tally.ts'
export { summary, timeHistogram } from './funnel/funnel-times.ts'
export type {
  FunnelAnswer,
  FunnelCounts,
  FunnelQuestion,
  FunnelStep,
  StepMatcher,
} from './funnel/funnel.ts'
export { type CodedRule, codingOf, kindCoding } from './journey/coding.ts'
export { customerRanges } from './journey/customer-range.ts'
export { type JourneyChoice, foldRows, journeysOf } from './journey/journey-source.ts'
export { nativeBlocks } from './journey/native-block.ts'
export type { Reading } from './journey/reading.ts'
export {
  type Removal,
  type Stretch,
  removed,
  shown,
  shownAliases,
  shownLinks,
  shownMessages,
  wholeKeys,
} from './journey/removal.ts'
export {
  contestedOrders,
  customerEvents,
  customerTraits,
  foldedJourneys,
  owners,
  TOUCHED_BY,
  listedCustomers,
} from './journey/tables.ts'
export { type EmotionRow, emotionQuery, rowsOfStep, touchpointNamed } from './living-map/emotion.ts'
export {
  type FeedbackEventRow,
  type FeedbackRow,
  feedbackEventsQuery,
  latestFeedbackQuery,
} from './living-map/feedback-query.ts'
export { type KindCountRow, kindCountsQuery, lastEventMs } from './living-map/last-events.ts'
export type {
  DetailMeasures,
  Leak,
  FoundReason,
  LeakReason,
  LivingMapAnswer,
  DatedMapQuestion,
  LivingMapQuestion,
  MapMeasures,
  MeasuredEmotion,
  MoneyAtRisk,
  StepOutcome,
  StepMeasures,
  TransitionMeasure,
  UnmappedBehaviour,
} from './living-map/living-map.ts'
export type { ExplainedPart } from './living-map/explained-part.ts'
export type { LeakValueRow } from './living-map/leak-query.ts'
export type { LeakBeside, LeakRows, LeakRowsKept } from './living-map/leak-rows.ts'
export type { KeptMap, MapByChange } from './living-map/map-by-change.ts'
export { mapCoding } from './living-map/map-coding.ts'
export type { ListedCustomers, StepState } from './living-map/map-counts.ts'
export { mapKind } from './living-map/map-kind.ts'
export type { MapCounted } from './living-map/map-counting.ts'
export type { TouchedRow as TouchedOfMapRow } from './living-map/map-query.ts'
export { stepCustomersKind } from './living-map/step-customers.ts'
export { counterOver } from './map-walk/count-stream.ts'
export { TooMuchMemory } from './map-walk/map-walk.ts'
export { mapWalks } from './map-walk/walk-machine.ts'
export { metricsKind } from './metric/metric-kind.ts'
export type { MetricsAnswer, MetricsQuestion } from './metric/metric.ts'
export { FOREGROUND_PROPERTIES } from './metric/shop-events.ts'
export { pathsKind } from './path/path-kind.ts'
export type { PathEdge, PathNode } from './path/path-shape.ts'
export type {
  GraphEdge,
  PathColumnsAnswer,
  PathGraphAnswer,
  PathsAnswer,
  PathsQuestion,
} from './path/path.ts'
export {
  type GroupMeetingRow,
  type GroupMoneyRow,
  type PrecedenceRow,
  everybodyQuery,
  groupCoding,
  groupMeetingsQuery,
  groupMoneyQuery,
  groupUses,
  precedencesQuery,
} from './proposal/proposal-query.ts'
export type {
  Definition,
  Matcher,
  MatcherAsked,
  Period,
  PeriodAsked,
  WhatWasRead,
} from './question.ts'
export {
  type OwnedKeyRow,
  type RemovalCountRow,
  ownedKeysQuery,
  removalCountQuery,
} from './removal/removal-query.ts'
export { retentionKind } from './retention/retention-kind.ts'
export type { RetentionAnswer, RetentionQuestion } from './retention/retention.ts'
export {
  mapsOfSegment,
  segmentAsked,
  segmentsNamed,
} from './segment/segment-asked.ts'
export {
  segmentCountQuery,
  segmentCustomers,
  segmentCustomersQuery,
} from './segment/segment-query.ts'
export type { SegmentReading } from './segment/segment-reading.ts'
export { segmentCondition } from './segment/segment-sql.ts'
export { type Misfit, isMisfit } from './selection/misfit.ts'
export { sessionsKind } from './session/session-kind.ts'
export type { SessionsAnswer, SessionsQuestion } from './session/session.ts'
export { type Compiled, type Sql, compile, join, param, sql } from './sql.ts'
export {
  type ExampleRow,
  type LastMatchRow,
  type MatchedKindRow,
  type MatchedRow,
  type TouchpointCountRow,
  examplesQuery,
  matchedKindsQuery,
  matchedQuery,
  openMatchQuery,
  touchpointCountsQuery,
} from './touchpoint/touchpoint-query.ts'
export { variantCustomersKind } from './variant/variant-customers.ts'
export { variantsKind } from './variant/variant-kind.ts'
export type { Variant, VariantsAnswer, VariantsQuestion } from './variant/variant.ts'
export { type WordRow, propertiesQuery, traitsQuery } from './vocabulary/vocabulary-query.ts'
export { changesKind } from './membership/changes-kind.ts'
export { exportLinesQuery, exportRowsQuery } from './membership/export-query.ts'
export { type FactsNeeded, factsNeeded } from './membership/facts-needed.ts'
export {
  type AnswerFactsRow,
  type GroupTraitRow,
  type JourneyFactsRow,
  type KnownCustomer,
  type ListRow,
  type TraitFactsRow,
  knownCustomers,
  factsQueries,
  strangersQuery,
} from './membership/facts-query.ts'
export { foundEmailsQuery, foundKeysQuery } from './membership/found-ids-query.ts'
export { knownWordsQuery } from './membership/known-words-query.ts'
export { membersKind } from './membership/members-kind.ts'
export { type MemberRow, memberPlaceOf, memberPlaceText } from './membership/members-query.ts'
export {
  type MembershipPlan,
  type MembershipQuestion,
  segmentReadingAt,
} from './membership/membership-plan.ts'
export { overlapKind } from './membership/overlap-kind.ts'
export { profileKind } from './membership/profile-kind.ts'
export { readingKind } from './membership/reading-kind.ts'
export { sizeKind } from './membership/size-kind.ts'
export { concerns, type Touch, UNTOUCHED } from './membership/touch.ts'
export { type TouchedRow, touchedQuery, touchOf } from './membership/touched-query.ts'
export { trendKind, trendPoints } from './membership/trend-kind.ts'
