import type {
  JourneyMap,
  MapChange,
  StoredMap,
  Presence,
  SegmentRule,
  StoredRule,
} from '@parcurs/domain'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

/** The tables of sql/postgres, by hand. Columns keep their SQL names; bigint arrives as a number. */
export interface Database {
  readonly workspaces: WorkspacesTable
  readonly simulations: SimulationsTable
  readonly users: UsersTable
  readonly memberships: MembershipsTable
  readonly sessions: SessionsTable
  readonly sign_in_links: SignInLinksTable
  readonly invitations: InvitationsTable
  readonly write_keys: WriteKeysTable
  readonly api_tokens: ApiTokensTable
  readonly touchpoints: TouchpointsTable
  readonly maps: MapsTable
  readonly map_changes: MapChangesTable
  readonly event_kinds: EventKindsTable
  readonly folds: FoldsTable
  readonly workspace_commits: WorkspaceCommitsTable
  readonly imports: ImportsTable
  readonly refusals: RefusalsTable
  readonly removals: RemovalsTable
  readonly log_readers: LogReadersTable
  readonly installation: InstallationTable
  readonly backups: BackupsTable
  readonly finished_steps: FinishedStepsTable
  readonly segments: SegmentsTable
  readonly segment_versions: SegmentVersionsTable
  readonly segment_watches: SegmentWatchesTable
  readonly watched_segments: WatchedSegmentsTable
  readonly segment_members: SegmentMembersTable
  readonly segment_changes: SegmentChangesTable
  readonly watching: WatchingTable
}

export type MemberRole = 'owner' | 'editor' | 'viewer'
type CreatedAt = ColumnType<Date, Date | undefined, never>
type UpdatedAt = ColumnType<Date, Date | undefined, Date>

export interface WorkspacesTable {
  id: ColumnType<number, never, never>
  slug: string
  name: string
  time_zone: Generated<string>
  week_start: Generated<'monday' | 'sunday'>
  currency: Generated<string>
  simulated: Generated<boolean>
  /** How often an owner said what kind an existing key is. */
  key_kinds: Generated<number>
  /** Names of events that only a server's key may send. */
  server_names: Generated<readonly string[]>
  created_at: CreatedAt
}

export interface SimulationsTable {
  workspace_id: number
  end_ms: number
  loaded_at: Date | null
}

export interface UsersTable {
  id: ColumnType<number, never, never>
  email: string
  name: Generated<string>
  password_hash: string | null
  language: Generated<string>
  created_at: CreatedAt
}

export interface MembershipsTable {
  workspace_id: number
  user_id: number
  role: MemberRole
}

export interface SessionsTable {
  token_hash: Buffer
  user_id: number
  created_at: CreatedAt
  seen_at: UpdatedAt
  expires_at: Date
  user_agent: Generated<string>
}

export interface SignInLinksTable {
  token_hash: Buffer
  user_id: number
  expires_at: Date
  used_at: Date | null
}

export interface InvitationsTable {
  token_hash: Buffer
  workspace_id: number
  email: string
  role: MemberRole
  expires_at: Date
}

export interface WriteKeysTable {
  id: ColumnType<number, never, never>
  workspace_id: number
  key_hash: Buffer
  hint: string
  name: string
  created_at: CreatedAt
  revoked_at: Date | null
  /** What its events, links, traits and answers carry. */
  source: Generated<number>
  /** null: nobody has said it yet. */
  kind: ColumnType<KeyKind | null, KeyKind | null | undefined, KeyKind>
}

export type KeyKind = 'browser' | 'server'

export interface ApiTokensTable {
  id: ColumnType<number, never, never>
  workspace_id: number
  token_hash: Buffer
  hint: string
  name: string
  role: MemberRole
  /** null: the machine's, or from before this was kept. */
  made_by: number | null
  created_at: CreatedAt
  expires_at: Date | null
  revoked_at: Date | null
}

export interface TouchpointsTable {
  id: string
  workspace_id: number
  name: string
  channel: string
  owner_team: Generated<string>
  presence: Presence
  rule: JSONColumnType<StoredRule>
  /** Format of `rule`. */
  rule_format: Generated<number>
  version: Generated<number>
  created_at: CreatedAt
  updated_at: UpdatedAt
}

export interface MapsTable {
  id: string
  workspace_id: number
  name: string
  /** As it was at `written_version`. */
  document: JSONColumnType<StoredMap>
  format: Generated<number>
  journey: JSONColumnType<Omit<JourneyMap, 'id' | 'version'>>
  /** Of the journey. */
  version: Generated<number>
  document_version: Generated<number>
  written_version: Generated<number>
  created_at: CreatedAt
  updated_at: UpdatedAt
}

export interface MapChangesTable {
  map_id: string
  workspace_id: number
  version: number
  client: string
  seq: number
  changed_by: number | null
  changed_at: CreatedAt
  done: JSONColumnType<readonly MapChange[]>
}

export interface EventKindsTable {
  workspace_id: number
  code: number
  type: string
  name: string
  channel: string
  path: string
  coarse: Generated<boolean>
  coarse_name: Generated<boolean>
  /** The code that the next fold writes instead; null: its own. */
  merged_into: ColumnType<number | null, number | null | undefined, number | null>
  /** The number of the pruning, rising within the workspace; 0: none. */
  pruning: Generated<number>
}

export interface WorkspaceCommitsTable {
  readonly workspace_id: number
  readonly commit: number
}

export interface FoldsTable {
  workspace_id: number
  fold: Generated<number>
  mark: Generated<number>
  /** Of the values in the fold's journeys. */
  currency: Generated<string>
  /** `workspaces.key_kinds` when it was made. */
  key_kinds: Generated<number>
  /** Some order stands in several of its events. */
  contested: Generated<boolean>
  /** Earlier generations are dropped. */
  alone: Generated<boolean>
  folded_at: UpdatedAt
}

export type ImportState = 'uploaded' | 'running' | 'done' | 'failed' | 'cancelled'

export interface ImportsTable {
  id: string
  workspace_id: number
  state: ImportState
  files: ColumnType<unknown, string, string>
  options: ColumnType<unknown, string | undefined, string>
  progress: ColumnType<unknown, string | undefined, string>
  created_at: CreatedAt
  updated_at: UpdatedAt
  /** What its events and answers carry. */
  source: Generated<number>
}

export interface RefusalsTable {
  id: ColumnType<number, never, never>
  workspace_id: number
  received_at: CreatedAt
  code: string
  detail: string
  body: string
}

/** A stretch of a key's events: from inclusive, to exclusive, epoch milliseconds; null: without end. */
export interface RemovedStretch {
  /** Decimal. */
  readonly key: string
  readonly fromMs: number | null
  readonly toMs: number | null
}

export interface LogReadersTable {
  name: string
  workspace_id: number
  /** Everything up to and including this row of this commit was read. */
  commit: number
  row: number
  /** Nothing received before this instant is unread. */
  read_mark: number
  updated_at: UpdatedAt
  /** Why its work fails; null: it does not. */
  problem: string | null
  failing_since: Date | null
  attempts: Generated<number>
}

export interface RemovalsTable {
  id: ColumnType<number, never, never>
  workspace_id: number
  commit: number
  from_commit: Generated<number>
  source: number | null
  stretches: ColumnType<readonly RemovedStretch[] | null, string | null, string | null>
  counted: ColumnType<unknown, string, string>
  /** Identity no longer follows what was taken away. */
  parted: Generated<boolean>
  created_at: CreatedAt
  gone_at: ColumnType<Date | null, undefined, Date>
}

export interface InstallationTable {
  one: ColumnType<boolean, never, never>
  secret: ColumnType<Buffer, Buffer, never>
}

export interface BackupsTable {
  folder: string
  made_at: Date
}

export interface FinishedStepsTable {
  name: string
  finished_at: CreatedAt
}

export interface SegmentsTable {
  id: string
  workspace_id: number
  name: string
  description: Generated<string>
  rule: JSONColumnType<SegmentRule>
  /** Format of `rule`. */
  rule_format: number
  version: Generated<number>
  rule_version: Generated<number>
  owner: number | null
  /** As last counted; null: never by this rule. */
  size: ColumnType<number | null, number | null | undefined, number | null>
  everybody: ColumnType<number | null, number | null | undefined, number | null>
  counted_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  created_at: CreatedAt
  updated_at: UpdatedAt
}

export interface SegmentVersionsTable {
  segment_id: string
  workspace_id: number
  version: number
  rule_version: number
  name: string
  description: string
  rule: JSONColumnType<SegmentRule>
  rule_format: number
  changed_by: number | null
  changed_at: CreatedAt
}

export interface SegmentWatchesTable {
  segment_id: string
  workspace_id: number
  waiting: string
  since: CreatedAt
}

export interface WatchedSegmentsTable {
  segment_id: string
  workspace_id: number
  counted_by: string
  epoch: Generated<number>
  /** The last customer that was looked at, as a decimal key; −1: none yet; null: all of them were. */
  filled: ColumnType<string | null, string | null | undefined, string | null>
  /** null: not everybody was looked at yet. */
  since_ms: number | null
}

export interface SegmentMembersTable {
  segment_id: string
  workspace_id: number
  /** With its sign; read it as text. */
  customer: ColumnType<never, string, never>
  epoch: number
  member: boolean
  since_ms: number
  until_ms: number | null
}

export interface SegmentChangesTable {
  id: ColumnType<number, never, never>
  workspace_id: number
  segment_id: string
  rule_version: number
  /** With its sign; read it as text. */
  customer: ColumnType<never, string, never>
  entered: boolean
  cause: ChangeCause
  flap: Generated<boolean>
  at_ms: number
  told_ms: number
}

export type ChangeCause = 'event' | 'time' | 'rule' | 'data' | 'identity'

export interface WatchingTable {
  workspace_id: number
  lane: WatchingLane
  /** Everything up to this commit was looked at. */
  place: number
  /** Of what lies between, customers up to `done` were looked at; null: nothing is begun. */
  going_to: number | null
  /** Decimal key. */
  done: string | null
  /** null: not yet. */
  read_to_ms: number | null
}

export type WatchingLane = 'collected' | 'data'
