import { describe, expect, it } from 'vitest'
import { maskName } from '../src/journey/document'

describe('maskedName', () => {
  it('shows of a name as much as the server does', () => {
    const names = { 张三: '*三', 买买提·吐尔逊: '******逊', 王𬭚: '*𬭚', ' John Smith ': '*********h', '': '' }
    for (const [name, want] of Object.entries(names)) expect(maskName(name)).toBe(want)
  })
})
