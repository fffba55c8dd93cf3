// A stub of WeChat's API, with the sandbox behind it.
import { bare } from './bare.mjs'
import { gesture } from './gesture.mjs'
import { decode, form, lenient, post, relay, selectorQuery } from './sandbox.mjs'

const system = { platform: 'ios', system: 'iOS 17.0', language: 'zh_CN', SDKVersion: '3.8.12', windowWidth: 375, pixelRatio: 2 }

/** `says` is what the phone tells of itself: all that it can, or nothing. */
export function wx(openId, says = 'all') {
  const kept = new Map()
  const answers = ['reject', 'accept'] // the person presses "no" at first
  return lenient({
    request({ url, method, header, data, responseType, success, fail }) {
      relay(url, method, header, data).then(({ status, headers, bytes }) => {
        const text = responseType !== 'arraybuffer' || status >= 400
        success({ statusCode: status, header: headers, data: text ? decode(bytes) : bytes })
      }, fail)
      return {}
    },
    login({ success, fail }) {
      form('/wechat/sandbox/code', { openid: openId }).then(({ code }) => success({ code }), fail)
    },
    requestFacialVerify({ verifyId, success, fail }) {
      form('/wechat/sandbox/face', { verify_id: verifyId, openid: openId, action: 'pass' })
        .then((told) => (told.errCode === 0 ? success(told) : fail(told)), fail)
    },
    // As WeChat does: one answer for each template, and no question outside of a tap.
    requestSubscribeMessage({ tmplIds, success, fail }) {
      if (!gesture.held) {
        fail({ errMsg: "requestSubscribeMessage:fail can only be invoked by user TAP gesture.", errCode: 20_000 })
        return
      }
      const answer = answers.shift() ?? 'accept'
      const given = Object.fromEntries(tmplIds.map((template) => [template, answer]))
      const agreements = answer === 'accept' ? tmplIds.map((id) => post('/wechat/sandbox/accept', { openid: openId, template_id: id })) : []
      Promise.all(agreements).then(() => success({ errMsg: 'requestSubscribeMessage:ok', ...given }), fail)
    },
    getStorageSync: (name) => kept.get(name) ?? '',
    setStorageSync: (name, value) => kept.set(name, value),
    removeStorageSync: (name) => kept.delete(name),
    getSystemInfoSync: () => system,
    canIUse: () => true,
    nextTick: (work) => setTimeout(work, 0),
    getLaunchOptionsSync: () => ({ path: 'pages/screen/index', query: {} }),
    createSelectorQuery: selectorQuery,
    ...(says === 'nothing' ? bare : {}),
  })
}
