import { useEffect, useState } from 'react'
import { Box, Button, Field, Select } from '@base'
import { go } from '../../app/nav'
import { forget, logOut } from '../../app/session'
import { change, current } from '../../app/store'
import { choose, chosen, people, type Person } from './people'

/** Chooses whose phone this browser is. It is in no bundle but the sandbox's. */
export function Bar() {
  const [known, setKnown] = useState<readonly Person[]>([])
  const [openId, setOpenId] = useState(chosen() ?? '')
  useEffect(() => {
    people().then(setKnown, () => setKnown([]))
  }, [])
  const person = known.find((one) => one.open_id === openId)

  const take = async () => {
    await logOut().catch(forget) // a session that is gone is logged out
    choose(openId)
    change({ draft: { ...current().draft, prefilled: false } })
    go({ screen: 'entry' })
  }
  return (
    <Box as="section" className="sandbox" label="沙箱 Sandbox">
      <Box className="strong">沙箱 · 没有真实的人和业务 — Sandbox: nobody and nothing is real</Box>
      {known.length > 0 ? (
        <Select
          label="样例人员 Sample person" value={openId} onChange={setOpenId}
          options={[{ value: '', label: '—' }, ...known.map((one) => ({ value: one.open_id, label: `${one.name} · ${one.story}` }))]}
        />
      ) : (
        <Field label="样例账号 Sample account, e.g. sandbox-01-0" value={openId} maxLength={80} onChange={setOpenId} />
      )}
      <Button disabled={openId === ''} onPress={() => void take()}>使用此人 Be this person</Button>
      {person && <Box className="small">{`${person.name} · ${person.document_type} · ${person.number} · ${person.card} · ${person.phone}`}</Box>}
    </Box>
  )
}
