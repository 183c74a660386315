import type { DetailMeasures } from '@parcurs/analytics'
import { Link } from '@tanstack/react-router'
import { ZoomIn } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import button from '../ui/button.module.css'
import panel from './step-panel.module.css'

/** What the map that tells the step in detail counts, and the way to it: the period and the segment stay. */
export function StepDetail({ detail }: { readonly detail: DetailMeasures }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const workspace = useWorkspace().slug
  const { completionShare, firstSettlesMs } = detail
  return (
    <section>
      <h3 className={panel.section}>{t('panel.detail', { map: detail.name })}</h3>
      <p>
        {[
          t('panel.detailEntrants', { n: numbers.count(detail.entrants), count: detail.entrants }),
          t('panel.detailCompletions', { n: numbers.count(detail.completions) }),
          firstSettlesMs === null
            ? t('panel.detailShare', { share: numbers.percent(completionShare) })
            : t('map.firstSettles', { date: numbers.date(firstSettlesMs) }),
        ].join(' · ')}
      </p>
      <Link
        className={button.plain}
        to="/w/$workspace"
        params={{ workspace }}
        search={(before) => ({ ...before, map: detail.mapId, at: undefined, measure: undefined })}
      >
        <ZoomIn size={14} aria-hidden="true" /> {t('panel.openDetail')}
      </Link>
    </section>
  )
}
