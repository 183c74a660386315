import { useMemo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { NONE } from '../numbers/number-formats.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './imports-page.module.css'
import type { ImportView } from './use-imports.ts'

/** What the list of imports shows of each. */
export function useImportColumns(
  onOpen: (importId: string) => void,
): readonly Column<ImportView>[] {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return useMemo(() => {
    const count = (name: 'stored' | 'repeated' | 'rejected'): Column<ImportView> => ({
      id: name,
      title: t(`imports.${name}`),
      kind: 'number',
      text: ({ progress }) => numbers.count(progress[name]),
      order: ({ progress }) => progress[name],
      plain: ({ progress }) => String(progress[name]),
    })
    return [
      {
        id: 'file',
        title: t('imports.file'),
        fixed: true,
        text: ({ name }) => name,
        cell: ({ importId, name }) => (
          <button type="button" className={styles.name} onClick={() => onOpen(importId)}>
            {name}
          </button>
        ),
      },
      {
        id: 'state',
        title: t('imports.state'),
        filter: true,
        text: ({ state }) => t(`importState.${state}`),
      },
      {
        id: 'size',
        title: t('imports.size'),
        kind: 'number',
        text: ({ sizeBytes }) => numbers.bytes(sizeBytes),
        order: ({ sizeBytes }) => sizeBytes,
        plain: ({ sizeBytes }) => String(sizeBytes),
      },
      count('stored'),
      { ...count('repeated'), hidden: true },
      count('rejected'),
      {
        id: 'created',
        title: t('imports.when'),
        kind: 'moment',
        text: ({ createdMs }) => numbers.instant(createdMs),
        order: ({ createdMs }) => createdMs,
        plain: ({ createdMs }) => plainInstant(createdMs),
      },
      {
        id: 'took',
        title: t('imports.took'),
        kind: 'number',
        hidden: true,
        text: (view) => {
          const took = tookMs(view)
          return took === null ? NONE : numbers.duration(took)
        },
        order: tookMs,
        plain: (view) => String(tookMs(view) ?? ''),
      },
    ]
  }, [t, numbers, onOpen])
}

function tookMs({ progress }: ImportView): number | null {
  const { startedMs, endedMs } = progress
  return startedMs === null || endedMs === null ? null : endedMs - startedMs
}
