export { DATE_TEXT, EPOCH_TEXT, localDay } from './calendar/date-text.ts'
export {
  DAY_MS,
  intervalBounds,
  intervalLater,
  type IntervalUnit,
  midnights,
  startOfInterval,
  wallDayOf,
  wallOfDate,
  wallOfTime,
} from './calendar/local-days.ts'
export { type Period } from './calendar/period.ts'
export {
  comparedBy,
  compares,
  type ComparisonOf,
  type DayComparison,
  MEANS_TRUE,
} from './condition/comparison.ts'
export {
  type CustomerLeaf,
  decideKind,
  type EventCondition,
  type EventLeaf,
  matchesRule,
  type MatchRule,
  type ResolvedCondition,
  resolveEvents,
  resolveTouchpoints,
  type RuleOf,
  type TouchpointLeaf,
} from './condition/event-condition.ts'
export { kindDecider, type KindMatch } from './condition/kind-decider.ts'
export {
  type AnyLeaf,
  decided,
  type Group,
  GROUP_KINDS,
  type GroupKind,
  holds,
  isGroup,
  leavesOf,
  type Nest,
  replaceLeaves,
} from './condition/nest.ts'
export { type Compared, OPERATORS, operatorsOf, operatorsTaking } from './condition/operator.ts'
export { readCondition } from './condition/read-condition.ts'
export {
  comparisonFaults,
  MAX_RULE_DEPTH,
  MAX_RULE_PARTS,
  MAX_VALUES,
  RULE_FAULTS,
  type RuleFault,
  ruleFaults,
} from './condition/rule-fault.ts'
export { readStoredRule, RULE_FORMAT, type StoredRule } from './condition/stored-rule.ts'
export { URL_OPERATORS, type UrlOperator } from './condition/url-operator.ts'
export {
  csvCell,
  FORMULA_START,
  guardedRow,
  SIGNED_NUMBER,
  unguarded,
} from './csv/csv-cell.ts'
export { channelOf } from './event-channel.ts'
export { ANY_CHANNEL, type EventFacts, type EventKind, type EventType } from './event.ts'
export {
  COMMENT_PROPERTIES,
  commentOf,
  emotionOf,
  feedbackOf,
  type FeedbackScale,
} from './feedback.ts'
export { flatten, noProperties, wellFormed } from './flat-properties.ts'
export { type IdentityKey, type IdentityKind, isIdentity, isUserKey, keyedAs } from './identity.ts'
export { plainName } from './import/column-names.ts'
export { readAs } from './known-export/detect-export.ts'
export { detect, type Detection } from './import/detection.ts'
export {
  EXPORT_KINDS,
  type ExportKind,
  exportRowOf,
  KNOWN_EXPORTS,
  READ_AS,
} from './known-export/known-exports.ts'
export type {
  ExportRow,
  KnownExport,
  Unfolded,
  UnfoldedEvent,
  Unfolding,
} from './known-export/unfolded.ts'
export { type Encoding, ENCODINGS } from './import/encodings.ts'
export { COLUMN_ROLES, type ImportOptions, type Mapping } from './import/import-options.ts'
export { joined } from './import/time-text.ts'
export { readMoney, readNumber } from './import/money-text.ts'
export { problemText } from './import/problem-text.ts'
export { type Sample } from './import/sample.ts'
export { readTime, TIME_EXAMPLES, TIME_FORMATS, unknownZone } from './import/time-text.ts'
export { UTC, type Zone, zoneNamed } from './import/zone.ts'
export {
  type IncomingAlias,
  type IncomingBatch,
  type IncomingEvent,
  type IncomingGroup,
  type IncomingTraits,
} from './incoming.ts'
export {
  detailMapsOf,
  type JourneyMap,
  mapPositions,
  measurable,
  PLAIN_STEP,
  type Stage,
  type Step,
} from './map/journey-map.ts'
export {
  applyEdit,
  EDIT_REFUSALS,
  type EditRefusal,
  REFERENCE_REFUSALS,
  type ReferenceRefusal,
  replayed,
} from './map/apply-edit.ts'
export {
  doEdit,
  type EditingSession,
  type LoggedEdit,
  type LostEdit,
  type NumberedEdit,
  openSession,
  receive,
  redoEdit,
  refuseEdit,
  undoEdit,
} from './map/editing-session.ts'
export { blueprintLines, LANE_ROLES, type LaneRole } from './map/lane-role.ts'
export {
  type CardAt,
  cardsByCell,
  cardsOf,
  cutRow,
  moveRow,
  moveStep,
  pasteCards,
  putCard,
  putLane,
  putStage,
  putStep,
  setFields,
} from './map/map-gestures.ts'
export { type MapChange, reversed } from './map/map-change.ts'
export { mapDifference } from './map/map-difference.ts'
export {
  EMPTY_DOCUMENT,
  fieldsOf,
  inOrder,
  MAP_ROW,
  MAP_TABLES,
  type MapDocument,
  type MapTable,
} from './map/map-document.ts'
export { MAP_ID, MAP_LINK, MAP_RANK, type MapField } from './map/map-field.ts'
export { documentOf, journeyOf } from './map/map-journey.ts'
export { MAP_FAULTS, type MapFault, mapFaults } from './map/map-fault.ts'
export { type LinkedMaps } from './map/map-link-fault.ts'
export { type LeftOut, type MapProposal } from './map/map-proposal.ts'
export { type Merge, mergedUsers } from './merge.ts'
export { soundStages } from './map/sound-stages.ts'
export { steadied } from './steadied.ts'
export { MAP_FORMAT, readStoredMap, type StoredMap } from './map/stored-map.ts'
export { MAX_AMOUNT } from './money.ts'
export {
  alreadyOwns,
  type Link,
  NOBODY_LINKED,
  ownerAt,
  type Ownership,
  ownershipOf,
  ownersSince,
  relinked,
  relinkedSince,
} from './ownership.ts'
export { numberOf } from './plain-number.ts'
export { CONCEPTS } from './proposal/concept.ts'
export { PAIRED_CUSTOMERS } from './proposal/alternatives.ts'
export { groupKinds, type KindGroup } from './proposal/kind-group.ts'
export { type GroupUse, proposeMap } from './proposal/propose-map.ts'
export { touchpointsApart } from './proposal/touchpoints-apart.ts'
export {
  CALL_REFUSALS,
  type CallRefusal,
  FILE_PROBLEMS,
  ROW_REJECTS,
  type RowReject,
} from './refusal-codes.ts'
export { decide, type Decider, decider, type Decision } from './segment/decide.ts'
export { FLAP_MS, followMember, type KeptMember, NOT_KEPT } from './segment/follow-member.ts'
export { VISIT_PAUSE_MS } from './segment/map-visits.ts'
export { movesWithTime } from './segment/moves-with-time.ts'
export { amountParts, MOST_AMOUNT, passesAmount, passesTest } from './segment/number-test.ts'
export { readSegment } from './segment/read-segment.ts'
export {
  followingFaults,
  memberFaults,
  type NamedSegment,
  type ResolvedLeaf,
  type ResolvedSegment,
  resolveSegments,
  type SegmentOf,
  segmentsWithin,
} from './segment/resolve-segment.ts'
export { touchpointNames } from './segment/said.ts'
export {
  NO_FACTS,
  rulesOf,
  type SegmentAnswer,
  type SegmentEvent,
  type SegmentFacts,
  type SegmentMap,
  type SegmentScope,
} from './segment/segment-facts.ts'
export { MAX_SEQUENCE_STEPS, segmentFaults } from './segment/segment-fault.ts'
export { conditionCount, eventsOf } from './segment/segment-leaves.ts'
export {
  type AmountLeaf,
  type DidLeaf,
  type DistinctLeaf,
  type EventRule,
  EVERYBODY,
  MAP_STATES,
  type MapState,
  type MomentLeaf,
  type NumberTest,
  type OnMapLeaf,
  type SaidLeaf,
  type SegmentLeaf,
  type SegmentRule,
  type SequenceLeaf,
  STEP_STATES,
  type TraitLeaf,
} from './segment/segment-rule.ts'
export { readStoredSegment, SEGMENT_FORMAT } from './segment/stored-segment.ts'
export {
  type UnknownWord,
  unknownWords,
  type Vocabulary,
  type WordKind,
  wordsOf,
} from './segment/unknown-words.ts'
export { type Window, WINDOW_UNITS, windowPeriod } from './segment/window.ts'
export { listsNamed, mapsNamed } from './sentence/named-by-rules.ts'
export { readSentence } from './sentence/read-sentence.ts'
export { SENTENCE_LANGUAGES, type SentenceLanguage } from './sentence/sentence-language.ts'
export {
  ruleSentence,
  type SentenceLook,
  type SentenceWriter,
  sentenceWriter,
} from './sentence/rule-sentence.ts'
export { NO_NAMES, type SentenceNames } from './sentence/sentence-names.ts'
export { plainSentence, type SentenceSlot } from './sentence/sentence-part.ts'
export { rulePath } from './sentence/slot-place.ts'
export { eventMoney, snakeCase, type UnreadMoney } from './shop-event.ts'
export { isView, screenName } from './view-event.ts'
export {
  FIRST_IMPORT,
  NO_SOURCE,
  PEOPLE_SOURCE,
  SIMULATED_SOURCE,
  sourceIsImport,
} from './source.ts'
export { CHANNELS, type Presence, type Touchpoint } from './touchpoint.ts'

export { nearestNames } from './segment/nearest-names.ts'
