import type { Compiled, LeakBeside, LeakValueRow } from '@parcurs/analytics'
import type { AskOptions, ClickHouse } from '../clickhouse/clickhouse.ts'
import type { KeptMaps } from '../counting/kept-maps.ts'

/**
 * What the events of sampled customers tell, by correcting what they told before; where that is not possible they are
 * read anew.
 */
export async function leakRows(
  { rows, keptMaps }: Pick<ClickHouse, 'rows'> & { readonly keptMaps: KeptMaps },
  query: Compiled,
  { key, told, since }: LeakBeside,
  commit: bigint,
  options: AskOptions,
): Promise<readonly LeakValueRow[]> {
  const kept = keptMaps.beside(key, commit)
  const change = kept === null ? null : since(kept)
  const ask = async (asked: Compiled | null) =>
    asked === null ? [] : await rows<LeakValueRow>(asked, options)
  const now =
    change === null
      ? told(await ask(query))
      : change.told(...(await Promise.all([ask(change.gone), ask(change.come)])))
  keptMaps.keepBeside(key, commit, now)
  return now.rows
}
