import { NO_NAMES } from '@parcurs/domain'
import { Link } from '@tanstack/react-router'
import { Group, Plus } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { List } from '../lists/list.tsx'
import { useNames } from '../sentences/use-names.ts'
import { useSentence } from '../sentences/use-sentence.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn, askedAs, both } from '../ui/asked.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import button from '../ui/link-button.module.css'
import { Page } from '../ui/page.tsx'
import { RecipeCards } from './recipe-cards.tsx'
import { useSegmentColumns } from './segment-columns.tsx'
import { type SavedSegment, useSegments } from './use-segments.ts'

const idOf = ({ id }: SavedSegment) => id
const NONE: readonly SavedSegment[] = []

/** Who is meant, by name: every saved segment with its sentence and its size. */
export function SegmentsPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const params = { workspace: workspace.slug }
  const segments = useSegments(workspace.slug)
  const all = answerIn(segments) ?? NONE
  const names = useNames(
    workspace.slug,
    all.map(({ rule }) => rule),
  )
  const writer = useSentence(answerIn(names) ?? NO_NAMES)
  const columns = useSegmentColumns(workspace.slug, all, writer)
  const mayEdit = workspace.role !== 'viewer'
  return (
    <Page
      title={t('place.segments')}
      lead={t('segments.lead')}
      actions={
        mayEdit && (
          <Link className={button.main} to="/w/$workspace/segments/new" params={params}>
            <Plus size={16} aria-hidden="true" />
            {t('segments.new')}
          </Link>
        )
      }
    >
      <List
        name="segments"
        label={t('place.segments')}
        asked={askedAs(both(segments, names), ([listed]) => listed)}
        rowId={idOf}
        columns={columns}
        empty={
          <>
            <EmptyState
              level={2}
              icon={<Group size={24} />}
              title={t('segments.none')}
              text={t('segments.noneText')}
            />
            {mayEdit && <RecipeCards workspace={workspace.slug} />}
          </>
        }
      />
    </Page>
  )
}
