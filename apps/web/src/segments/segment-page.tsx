import { NO_NAMES, plainSentence } from '@parcurs/domain'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNames } from '../sentences/use-names.ts'
import { useSentence } from '../sentences/use-sentence.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn } from '../ui/asked.ts'
import button from '../ui/link-button.module.css'
import { Page } from '../ui/page.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Shown } from '../ui/shown.tsx'
import { SegmentCustomers } from './segment-customers.tsx'
import { SegmentHistory } from './segment-history.tsx'
import { SegmentOverlap } from './segment-overlap.tsx'
import { SegmentOverview } from './segment-overview.tsx'
import styles from './segment-page.module.css'
import { SegmentProfile } from './segment-profile.tsx'
import { inSegment } from './segment-search.ts'
import { SEGMENT_VIEWS } from '../shell/searches.ts'
import { useSegment } from './use-segments.ts'

const route = getRouteApi('/w/$workspace/segments/$segment')

/** A saved segment: who is in it, how that changed, and what sets them apart. */
export function SegmentPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const { segment: id } = route.useParams()
  const view = route.useSearch().view ?? 'overview'
  const navigate = route.useNavigate()
  const segment = useSegment(workspace.slug, id)
  const found = answerIn(segment)
  const names = useNames(workspace.slug, found === null ? [] : [found.rule])
  const writer = useSentence(answerIn(names) ?? NO_NAMES)
  const params = { workspace: workspace.slug, segment: id }
  const mayEdit = workspace.role !== 'viewer'
  return (
    <Page
      title={found?.name ?? t('segments.segment')}
      {...(found === null || names.state === 'waiting'
        ? {}
        : { lead: found.fixed ? t('segments.fixedLong') : plainSentence(writer.rule(found.rule)) })}
      above={
        <p>
          <Link to="/w/$workspace/segments" params={{ workspace: workspace.slug }}>
            {t('segments.all')}
          </Link>
        </p>
      }
      actions={
        <>
          {mayEdit && (
            <Link
              className={button.plain}
              to="/w/$workspace/segments/$segment/edit"
              params={params}
            >
              <Pencil size={16} aria-hidden="true" />
              {t('segments.edit')}
            </Link>
          )}
          <Link
            className={button.main}
            to="/w/$workspace"
            params={{ workspace: workspace.slug }}
            search={{ segment: inSegment(id) }}
          >
            {t('segments.onMap')}
          </Link>
        </>
      }
    >
      <Shown asked={segment}>
        {(saved) => (
          <div className={styles.page}>
            {saved.description !== '' && <p>{saved.description}</p>}
            <Segmented
              label={t('segments.view')}
              options={SEGMENT_VIEWS.map((one) => ({ id: one, text: t(`segments.views.${one}`) }))}
              value={view}
              onChange={(chosen) =>
                void navigate({
                  search: { view: chosen === 'overview' ? undefined : chosen },
                  replace: true,
                })
              }
            />
            {view === 'overview' && <SegmentOverview workspace={workspace} segment={saved} />}
            {view === 'customers' && (
              <SegmentCustomers workspace={workspace.slug} segment={saved} />
            )}
            {view === 'profile' && <SegmentProfile workspace={workspace.slug} segment={saved} />}
            {view === 'overlap' && <SegmentOverlap workspace={workspace.slug} segment={saved} />}
            {view === 'history' && <SegmentHistory workspace={workspace.slug} segment={saved} />}
          </div>
        )}
      </Shown>
    </Page>
  )
}
