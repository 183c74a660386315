import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useDocumentTitle } from '../ui/document-title.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import button from '../ui/link-button.module.css'

export function NotFound() {
  const { t } = useTranslation()
  useDocumentTitle(t('notFound.title'))
  return (
    <main>
      <EmptyState
        icon={<Compass size={24} />}
        title={t('notFound.title')}
        text={t('notFound.text')}
      >
        <Link className={button.main} to="/">
          {t('notFound.home')}
        </Link>
      </EmptyState>
    </main>
  )
}
