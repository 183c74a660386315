import {
  compile,
  param,
  type Removal,
  removed,
  shownAliases,
  shownLinks,
  sql,
  wholeKeys,
} from '@parcurs/analytics'
import { isUserKey } from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import type { PartedKeys } from '../identity/identity-change.ts'

/** Keys that the facts of a removal link or merge: who owns them must be decided again without these facts. */
export async function partedKeys(
  clickhouse: ClickHouse,
  workspace: number,
  removal: Removal,
): Promise<PartedKeys> {
  const id = param.workspace(workspace)
  const rows = await clickhouse.rows<{ named: string }>(
    compile(sql`
      SELECT DISTINCT anonymous AS named FROM events
      WHERE workspace = ${id} AND user != 0 AND anonymous != 0 AND ${removed(removal)}
      UNION DISTINCT
      SELECT anonymous AS named FROM links
      WHERE workspace = ${id} AND NOT (${shownLinks([removal]) ?? sql`true`})
      UNION DISTINCT
      SELECT arrayJoin([previous, user]) AS named FROM aliases
      WHERE workspace = ${id} AND NOT (${shownAliases([removal]) ?? sql`true`})`),
  )
  const named = rows.map(({ named }) => BigInt(named))
  const { of } = removal
  const whole = of.kind === 'customer' ? wholeKeys(of.stretches) : []
  const stretched = of.kind === 'customer' ? of.stretches.map(({ key }) => key) : []
  const all = [...new Set([...named, ...stretched])]
  return {
    anonymous: all.filter((key) => !isUserKey(key)),
    users: all.filter(isUserKey),
    forgotten: new Set(whole),
  }
}
