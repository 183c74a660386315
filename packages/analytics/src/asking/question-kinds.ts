import type { FunnelAnswer, FunnelQuestion } from '../funnel/funnel.ts'
import type { LivingMapAnswer, LivingMapQuestion } from '../living-map/living-map.ts'
import type { MetricsAnswer, MetricsQuestion } from '../metric/metric.ts'
import type { PathsAnswer, PathsQuestion } from '../path/path.ts'
import type { RetentionAnswer, RetentionQuestion } from '../retention/retention.ts'
import type { SessionsAnswer, SessionsQuestion } from '../session/session.ts'
import type { VariantsAnswer, VariantsQuestion } from '../variant/variant.ts'

/** Everything that can be asked. */
export type Question =
  | FunnelQuestion
  | PathsQuestion
  | VariantsQuestion
  | RetentionQuestion
  | SessionsQuestion
  | MetricsQuestion
  | LivingMapQuestion

export type Answer =
  | FunnelAnswer
  | PathsAnswer
  | VariantsAnswer
  | RetentionAnswer
  | SessionsAnswer
  | MetricsAnswer
  | LivingMapAnswer
