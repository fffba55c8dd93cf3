import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { createFixture } from '../harness/fixture'
import { look } from '../harness/looks'
import { sample } from '../harness/people'
import { boxOf } from '../harness/screen'

const fixture = createFixture()

test('a person goes from the entry to the receipt', async () => {
  const person = sample('01')
  await fixture.withPhone({}, async (phone) => {
    const { page } = phone
    await phone.open()
    const { name } = await phone.ask('/v1/authority')
    await phone.page.getByRole('banner').filter({ visible: true, hasText: name }).waitFor()
    await phone.hands.press(page.getByRole('button', { name: '登录' }))
    await phone.hands.press(
      page
        .getByRole('article', { name: `${person.number} ${person.card}` })
        .getByRole('button', { name: '扮演 Play' })
        .first(), // the list of other documents begins with the same person
    )

    await phone.type(person)
    await phone.hands.press(page.getByRole('button', { name: '查看待办事项' }))
    await phone.consent()
    await phone.reads('1****************8')
    await phone.hands.press(page.getByRole('button', { name: '同意协议并认证' }))
    await phone.hands.press(page.getByRole('button', { name: '开始人脸核验' }))
    await phone.hands.press(page.getByRole('button', { name: '本人刷脸' }))
    await phone.bankCard(person)
    await phone.at('successTitle')
    await phone.press('continue')
    await page.getByRole('img', { name: '刚才采集的人脸照片' }).waitFor()
    await phone.hands.press(page.getByRole('button', { name: '查看待办事项' }))

    await phone.at('listTitle')
    await phone.openTodo()
    for (const words of ['壹佰万元人民币', '样例市模拟区沙盒路', '许可项目：无。']) await phone.reads(words)
    await phone.secondCheck()
    await page.getByRole('img', { name: '刚才采集的人脸照片' }).waitFor()
    assert.equal(
      await phone.button('confirm').getAttribute('aria-disabled'),
      'true',
      'nothing is confirmed without a hand',
    )
    await phone.sign()
    await phone.press('confirm')
    await phone.at('doneTitle')
    await phone.reads('您的确认已提交登记机关。')

    await phone.press('backToList')
    await phone.at('listTitle')
    await phone.reads('已确认')
    await phone.press('recordsTitle')
    await phone.at('recordsTitle')
    const {
      confirmations: [answer, ...others],
    } = await phone.ask('/v1/confirmations')
    assert.ok(answer)
    assert.deepEqual(others, [])
    assert.equal(answer.decision, 'confirmed')
    await phone.hands.press(page.getByRole('button', { name: `回执 ${answer.enterprise_name}` }))
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      phone.hands.press(page.getByRole('button', { name: '保存签名数据' })),
    ])
    assert.equal(file.suggestedFilename(), `receipt-${answer.id}.json`)
    assert.deepEqual(
      JSON.parse(await readFile(await file.path(), 'utf8')),
      await phone.ask('/v1/confirmations/{id}/receipt', `/v1/confirmations/${answer.id}/receipt`),
    )
    await fixture.sandbox.verify(await file.path())
    const kept = await phone.stored()
    assert.equal(await page.evaluate(() => document.cookie), '')
    assert.ok(
      kept.every(([name]) => ['language', 'elder', 'verification', 'attempt', 'target'].includes(name)),
      `the browser keeps ${kept}`,
    )
    for (const secret of [person.name, person.number, person.card, person.phone])
      assert.ok(!String(kept).includes(secret))
  })
})

test('on the small pad strokes are taken back one by one, and on the large one there is room', async () => {
  const person = sample('12')
  await fixture.withPhone({}, async (phone) => {
    await phone.arrive(person)
    await phone.openTodo()
    await phone.secondCheck()
    const off = () => phone.button('confirm').getAttribute('aria-disabled')
    await phone.sign()
    await phone.press('undo')
    assert.equal(await off(), 'false', 'one stroke is left')
    await phone.press('undo')
    assert.equal(await off(), 'true', 'none is left')
    await phone.press('enlarge')
    const { width, height } = await boxOf(phone.pad())
    const screen = look.viewport
    assert.ok(height > 0.75 * screen.height, `got ${height} of ${screen.height}`)
    assert.ok(width * height > 0.2 * screen.width * screen.height, `got ${width} by ${height}`)
    await phone.sign()
    await phone.press('reduce')
    await phone.press('clear')
    assert.equal(await off(), 'true', 'all is cleared')
    await phone.sign()
    await phone.press('confirm')
    await phone.at('doneTitle')
    await phone.press('backToList')
    await phone.at('listTitle')
    await phone.reads('已确认')
    assert.equal(
      await phone.page.getByRole('button', { name: /^业务确认 / }).count(),
      2,
      'each role is answered on its own',
    )
  })
})
