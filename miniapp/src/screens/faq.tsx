import { Box, Button, Field } from '@base'
import { useState } from 'react'
import { api } from '../app/client'
import { useLoad, useWords } from '../app/hooks'
import { go } from '../app/nav'
import { useApp } from '../app/store'
import { ArticleBox } from '../components/article'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'

/** 常见问题, all of them or those that fit. */
export function Faq() {
  const { language } = useApp()
  const say = useWords()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const { data, task } = useLoad(async () => (await api.faq({ q: asked })).data.articles, `${language} ${asked}`)
  const search = () => setAsked(typed.trim())
  return (
    <Frame title={say('faqTitle')}>
      <Field
        label={say('search')}
        value={typed}
        maxLength={60}
        hint={say('searchHint')}
        onChange={setTyped}
        onEnter={search}
      />
      <Button kind="main" busy={task.busy} onPress={search}>
        {say('search')}
      </Button>
      <Box as="status" className="small">
        {data && (data.length > 0 ? say('found', { n: data.length }) : say('noArticles'))}
      </Box>
      <ErrorBox task={task} />
      {data?.map((article) => (
        <ArticleBox key={article.id} article={article} />
      ))}
      <Button kind="quiet" onPress={() => go({ screen: 'support' })}>
        {say('supportTitle')}
      </Button>
    </Frame>
  )
}
