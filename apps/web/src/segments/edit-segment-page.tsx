import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn } from '../ui/asked.ts'
import { Page } from '../ui/page.tsx'
import { Shown } from '../ui/shown.tsx'
import { ListForm } from './list-form.tsx'
import { SegmentForm } from './segment-form.tsx'
import { useSegment } from './use-segments.ts'

const route = getRouteApi('/w/$workspace/segments/$segment/edit')

/** A saved segment while it is changed. What counts by it counts by the new sentence once it is saved. */
export function EditSegmentPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const params = { workspace: workspace.slug, segment: route.useParams().segment }
  const navigate = useNavigate()
  const segment = useSegment(workspace.slug, params.segment)
  const found = answerIn(segment)
  const back = () => void navigate({ to: '/w/$workspace/segments/$segment', params })
  return (
    <Page
      title={found === null ? t('segments.edit') : t('segments.editThis', { name: found.name })}
    >
      <Shown asked={segment}>
        {(saved) =>
          saved.fixed ? (
            <ListForm
              key={saved.id}
              workspace={workspace.slug}
              segment={saved}
              onSaved={back}
              onCancel={back}
            />
          ) : (
            <SegmentForm
              // A newer version that somebody else saved is not mixed into what is written here: saving it says so.
              key={saved.id}
              workspace={workspace.slug}
              draft={saved}
              onSaved={back}
              onCancel={back}
            />
          )
        }
      </Shown>
    </Page>
  )
}
