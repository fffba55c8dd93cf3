import { platform } from '@platform'
import { screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { getState, persist, persisted, setState } from '../../src/app/store'
import { Detail } from '../../src/screens/detail'
import { Done } from '../../src/screens/done'
import { List } from '../../src/screens/list'
import { Refuse } from '../../src/screens/refuse'
import { access, confirmation, session, todo, todoRow } from '../fixtures'
import { alert, heading, lastNavigation, press, show, text } from './harness/render'
import { callsOf, problem, serve, setOffline } from './harness/server'

afterEach(() => {
  delete platform.subscribe
})

describe('List', () => {
  it('shows each to-do with the time until which it can be answered, and opens it', async () => {
    setState({ session: session({ access }) })
    serve('get /v1/todos', {
      todos: [todoRow(), todoRow({ id: 'todo_2', kind: 'closed', state: 'confirmed', enterprise_name: 'Second Ltd' })],
    })
    show(List, { screen: 'list' })
    expect(await heading()).toBe(text('listTitle'))
    expect(screen.getByText(text('listUntil', { time: '2026-11-22 09:00' }))).toBeTruthy()
    expect(await screen.findByText(text('answerBy', { time: '2026-12-05 13:36' }))).toBeTruthy()
    expect(screen.getByText(text('confirmed'))).toBeTruthy()
    await press(`${text('confirmBusiness')} Example Ltd Shareholder`)
    expect(await lastNavigation()).toBe('push s=detail&id=todo_1')
  })

  it('adds the next page', async () => {
    serve('get /v1/todos', ({ query }: { query: URLSearchParams }) =>
      query.get('cursor')
        ? { todos: [todoRow({ id: 'todo_2', enterprise_name: 'Second Ltd' })] }
        : { todos: [todoRow()], next_cursor: 'next' },
    )
    show(List, { screen: 'list' })
    await press(text('more'))
    expect(await screen.findByText('Second Ltd')).toBeTruthy()
    expect(screen.getByText('Example Ltd')).toBeTruthy()
    expect(screen.queryByRole('button', { name: text('more') })).toBeNull()
  })

  it('shows only the hint where the registry has another name', async () => {
    serve('get /v1/todos', {
      todos: [{ kind: 'name_differs', registry_name: 'Example Registry', hint: 'Ask the authority' }],
    })
    show(List, { screen: 'list' })
    expect(await screen.findByText('Ask the authority')).toBeTruthy()
    expect(screen.getByText(text('nameDiffers'))).toBeTruthy()
  })

  it('says that there is nothing to do', async () => {
    serve('get /v1/todos', { todos: [] })
    show(List, { screen: 'list' })
    expect(await screen.findByText(text('listEmpty'))).toBeTruthy()
  })

  it('opens the to-do that a link named before there was an access', async () => {
    persist('target', 'detail todo_7')
    serve('get /v1/todos', { todos: [] })
    show(List, { screen: 'list' })
    expect(await lastNavigation()).toBe('push s=detail&id=todo_7')
    expect(persisted('target')).toBeUndefined()
  })

  it('offers a reminder where the channel sends messages', async () => {
    platform.subscribe = async () => true
    let left = 0
    serve('get /v1/todos', { todos: [] })
    serve('get /v1/notifications', () => ({ template_id: 'template_1', left }))
    serve('post /v1/notifications', () => ({ template_id: 'template_1', left: ++left }))
    show(List, { screen: 'list' })
    await press(text('remind'))
    expect(await screen.findByText(text('remindLeft', { n: 1 }))).toBeTruthy()
  })

  it('logs out', async () => {
    setState({ session: session({ access }) })
    serve('get /v1/todos', { todos: [] })
    serve('delete /v1/session', {})
    show(List, { screen: 'list' })
    await press(text('logOut'))
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(getState().session).toBeUndefined()
  })

  it('leads to the entry where the access has ended', async () => {
    serve('get /v1/todos', problem('access_required', 403))
    show(List, { screen: 'list' })
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(getState().message).toBe('accessEnded')
  })

  it('tells that the network is lost, and loads when asked again', async () => {
    setOffline(true)
    show(List, { screen: 'list' })
    const lost = await alert()
    expect(lost.text).toContain(text('offlineLead'))
    setOffline(false)
    serve('get /v1/todos', { todos: [todoRow()] })
    await lost.retry()
    expect(await screen.findByText('Example Ltd')).toBeTruthy()
  })
})

describe('Detail', () => {
  it('shows all that is answered for, and leads to the second check', async () => {
    serve('get /v1/todos/todo_1', todo())
    show(Detail, { screen: 'detail', id: 'todo_1' })
    expect(await screen.findByText(text('answerBy', { time: '2026-12-05 13:36' }))).toBeTruthy()
    for (const value of ['Example Ltd', 'Shareholder', 'Example Registry', 'case-1', 'Registered capital']) {
      expect(screen.getByText(new RegExp(`^${value} ?$`))).toBeTruthy()
    }
    expect(screen.getByText(text('cannotWrite'))).toBeTruthy() // said before the second check begins
    await press(text('confirm'))
    expect(await lastNavigation()).toBe('push s=notices&id=todo_1&purpose=confirm')
    expect(getState().todo?.content_digest).toBe('digest-3')
  })

  it('leads to the refusal as easily', async () => {
    serve('get /v1/todos/todo_1', todo())
    show(Detail, { screen: 'detail', id: 'todo_1' })
    await press(text('notMine'))
    expect(await lastNavigation()).toBe('push s=refuse&id=todo_1')
  })

  it('leads to the list where it was answered, and offers no second answer', async () => {
    serve('get /v1/todos/todo_1', todo({ state: 'confirmed', kind: 'closed' }))
    show(Detail, { screen: 'detail', id: 'todo_1' })
    expect(await screen.findByText(text('confirmed'))).toBeTruthy()
    expect(screen.queryByRole('button', { name: text('confirm') })).toBeNull()
    await press(text('backToList'))
    expect(await lastNavigation()).toBe('replace s=list')
  })

  it('is passed on the way back from the end of a confirmation', async () => {
    let answered = false
    serve('get /v1/todos/todo_1', () => (answered ? todo({ state: 'confirmed', kind: 'answered' }) : todo()))
    const showAgain = show(Detail, { screen: 'detail', id: 'todo_1' })
    expect(await screen.findByText(text('answerBy', { time: '2026-12-05 13:36' }))).toBeTruthy()
    answered = true
    showAgain()
    expect(await lastNavigation()).toBe('replace s=list')
  })

  it('leads to the content that has replaced it, and says so there', async () => {
    serve('get /v1/todos/todo_1', todo({ state: 'superseded', kind: 'closed' }))
    serve('get /v1/todos', {
      todos: [
        todoRow({ id: 'todo_7', enterprise_name: 'Other Ltd', opened_at: '2026-11-28T06:00:00Z' }),
        todoRow({ id: 'todo_8', opened_at: '2026-11-28T06:00:00Z' }),
        todoRow({ id: 'todo_9', opened_at: '2026-11-27T06:00:00Z' }),
      ],
    })
    show(Detail, { screen: 'detail', id: 'todo_1' })
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_8')
    expect(getState().message).toBe('contentChanged')
    serve('get /v1/todos/todo_8', todo({ id: 'todo_8' }))
    show(Detail, { screen: 'detail', id: 'todo_8' })
    expect(await screen.findByText(text('contentChanged'))).toBeTruthy()
    expect(getState().message).toBeUndefined()
  })

  it('leads to the list where it cannot be told what has replaced it', async () => {
    serve('get /v1/todos/todo_1', todo({ state: 'superseded', kind: 'closed' }))
    const opened_at = '2026-11-28T06:00:00Z'
    serve('get /v1/todos', { todos: [todoRow({ id: 'todo_8', opened_at }), todoRow({ id: 'todo_9', opened_at })] })
    show(Detail, { screen: 'detail', id: 'todo_1' })
    expect(await screen.findByText(text('superseded'))).toBeTruthy()
    await press(text('backToList'))
    expect(await lastNavigation()).toBe('replace s=list')
  })

  it('shows what the server says where it cannot be read', async () => {
    serve('get /v1/todos/todo_1', problem('not_found', 404))
    show(Detail, { screen: 'detail', id: 'todo_1' })
    expect((await alert()).text).toContain('detail of not_found')
  })
})

describe('Refuse', () => {
  const path = 'post /v1/todos/todo_1/refusal'

  it('sends the reason that was chosen for the content that was shown', async () => {
    setState({ todo: todo() })
    serve(path, { id: 'con_1' })
    show(Refuse, { screen: 'refuse', id: 'todo_1' })
    expect(await heading()).toBe(text('refuseTitle'))
    expect(screen.getByText('Example Ltd')).toBeTruthy()
    expect(screen.getByRole('button', { name: text('refuseSubmit') }).getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(screen.getByRole('radio', { name: text('not_mine') }))
    await press(text('refuseSubmit'))
    expect(await lastNavigation()).toBe('replace s=done&id=con_1')
    expect(callsOf(path)[0]?.body).toEqual({ revision: 3, content_digest: 'digest-3', reason: 'not_mine' })
  })

  it('leads to the answer that was given before', async () => {
    setState({ todo: todo() })
    serve(path, problem('todo_already_answered', 409, { confirmation: '/v1/confirmations/con_9' }))
    show(Refuse, { screen: 'refuse', id: 'todo_1' })
    await userEvent.click(await screen.findByRole('radio', { name: text('not_agreed') }))
    await press(text('refuseSubmit'))
    expect(await lastNavigation()).toBe('replace s=done&id=con_9')
  })

  it('leads to the content again where it has changed', async () => {
    setState({ todo: todo() })
    serve(path, problem('revision_stale'))
    show(Refuse, { screen: 'refuse', id: 'todo_1' })
    await userEvent.click(await screen.findByRole('radio', { name: text('content_wrong') }))
    await press(text('refuseSubmit'))
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_1')
    expect(getState().message).toBe('contentChanged')
    expect(getState().todo).toBeUndefined()
  })

  it('offers no repetition where the to-do is over, only the way back', async () => {
    setState({ todo: todo() })
    serve(path, problem('todo_withdrawn'))
    show(Refuse, { screen: 'refuse', id: 'todo_1' })
    await userEvent.click(await screen.findByRole('radio', { name: text('content_wrong') }))
    await press(text('refuseSubmit'))
    expect((await alert()).text).toContain('detail of todo_withdrawn')
    expect(screen.queryByRole('button', { name: text('retry') })).toBeNull()
    await press(text('cancel'))
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_1')
  })
})

describe('Done', () => {
  it('tells that the confirmation was sent, and leads to list and receipt', async () => {
    serve('get /v1/confirmations/con_1', confirmation())
    show(Done, { screen: 'done', id: 'con_1' })
    expect(await screen.findByText(text('doneConfirmed'))).toBeTruthy()
    expect(await heading()).toBe(text('doneTitle'))
    await press(text('showReceipt'))
    expect(await lastNavigation()).toBe('push s=record&id=con_1')
    await press(text('backToList'))
    expect(await lastNavigation()).toBe('replace s=list')
  })

  it('says how many are still missing in the case, and names nobody', async () => {
    serve('get /v1/confirmations/con_1', confirmation())
    serve('get /v1/todos/todo_1', todo({ state: 'confirmed', kind: 'answered', progress: { signers: 3, waiting: 2 } }))
    serve('get /v1/todos', { todos: [] })
    show(Done, { screen: 'done', id: 'con_1' })
    expect(await screen.findByText(text('nextWaiting', { n: 3, left: 2 }))).toBeTruthy()
    expect(screen.getByText(text('nextLater'))).toBeTruthy()
    expect(screen.getByText(text('nextNothing'))).toBeTruthy()
    expect(screen.queryByRole('button', { name: new RegExp(text('nextTodo')) })).toBeNull()
  })

  it('says that nobody is missing after the last answer', async () => {
    serve('get /v1/confirmations/con_1', confirmation())
    serve('get /v1/todos/todo_1', todo({ state: 'confirmed', kind: 'answered', progress: { signers: 2, waiting: 0 } }))
    show(Done, { screen: 'done', id: 'con_1' })
    expect(await screen.findByText(text('nextComplete', { n: 2 }))).toBeTruthy()
    expect(screen.getByText(text('nextGoesOn'))).toBeTruthy()
  })

  it('leads to the next open to-do, and still to the list', async () => {
    serve('get /v1/confirmations/con_1', confirmation())
    serve('get /v1/todos', {
      todos: [
        todoRow({ kind: 'answered', state: 'confirmed' }),
        todoRow({ id: 'todo_2', enterprise_name: 'Second Ltd' }),
      ],
    })
    show(Done, { screen: 'done', id: 'con_1' })
    await press(`${text('nextTodo')} Second Ltd Shareholder`)
    expect(screen.queryByText(text('nextNothing'))).toBeNull()
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_2')
    await press(text('backToList'))
    expect(await lastNavigation()).toBe('replace s=list')
  })

  it('is complete where the rest cannot be loaded', async () => {
    serve('get /v1/confirmations/con_1', confirmation())
    serve('get /v1/todos', problem('access_required', 403))
    show(Done, { screen: 'done', id: 'con_1' })
    expect(await screen.findByText(text('nextLater'))).toBeTruthy()
    await press(text('backToList'))
    expect(await lastNavigation()).toBe('replace s=list')
  })

  it('names the service window after a refusal', async () => {
    serve('get /v1/confirmations/con_1', confirmation({ kind: 'no', decision: 'refused', reason: 'other' }))
    serve('get /v1/support', { service_window: 'Window 3' })
    show(Done, { screen: 'done', id: 'con_1' })
    expect(await screen.findByText(text('doneRefused'))).toBeTruthy()
    expect(await heading()).toBe(text('refusedTitle'))
    expect(screen.getByText(text('reasonOther'))).toBeTruthy()
    expect(await screen.findByText('Window 3')).toBeTruthy()
  })

  it('leads to the list where the answer cannot be shown', async () => {
    setOffline(true)
    show(Done, { screen: 'done', id: 'con_1' })
    expect((await alert()).text).toContain(text('offlineLead'))
    await press(/Back/)
    expect(await lastNavigation()).toBe('replace s=list')
  })
})
