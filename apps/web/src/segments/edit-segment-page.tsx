import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn } from '../ui/asked.ts'
import { Page } from '../ui/page.tsx'
import { useUnsaved } from '../ui/use-unsaved.tsx'
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
  const { mark, question } = useUnsaved()
  const name = answerIn(segment)?.name
  const back = () => void navigate({ to: '/w/$workspace/segments/$segment', params })
  const done = () => {
    mark(false)
    back()
  }
  // Whoever only looks is shown what there is to see.
  if (workspace.role === 'viewer') {
    return <Navigate to="/w/$workspace/segments/$segment" params={params} replace />
  }
  return (
    <Page title={name === undefined ? t('segments.edit') : t('segments.editThis', { name })}>
      {question}
      <Shown asked={segment}>
        {(saved) => {
          const Form = saved.fixed ? ListForm : SegmentForm
          return (
            <Form
              // A newer version that somebody else saved is not mixed into what is written here: saving it says so.
              key={saved.id}
              workspace={workspace.slug}
              draft={saved}
              onSaved={done}
              onCancel={back}
              onChanged={mark}
            />
          )
        }}
      </Shown>
    </Page>
  )
}
