import { Link } from '@tanstack/react-router'
import { FlaskConical, Route, Upload } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { type MyWorkspace, useMe } from '../api/use-me.ts'
import { answerIn } from '../ui/asked.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import button from '../ui/link-button.module.css'

/** The first screen of a workspace without a map: what it is, the two ways to one, and a sample to look at. */
export function NoMap({
  workspace,
  level = 1,
}: {
  readonly workspace: MyWorkspace
  readonly level?: 1 | 2
}) {
  const { t } = useTranslation()
  const params = { workspace: workspace.slug }
  const demo = answerIn(useMe())?.workspaces.find(({ simulated }) => simulated)
  return (
    <EmptyState
      level={level}
      icon={<Route size={24} />}
      title={t('noMap.title')}
      text={t('noMap.text')}
    >
      <Link className={button.main} to="/w/$workspace/proposal" params={params}>
        <Route size={16} aria-hidden="true" />
        {t('action.mapFromData')}
      </Link>
      <Link className={button.plain} to="/w/$workspace/imports" params={params}>
        <Upload size={16} aria-hidden="true" />
        {t('action.importEvents')}
      </Link>
      {demo !== undefined && (
        <Link className={button.plain} to="/w/$workspace" params={{ workspace: demo.slug }}>
          <FlaskConical size={16} aria-hidden="true" />
          {t('noMap.demo')}
        </Link>
      )}
    </EmptyState>
  )
}
