// A stub of WeChat's API, with the sandbox behind it.
import { decode, form, lenient, relay, selectorQuery } from './sandbox.mjs'

const system = { platform: 'ios', system: 'iOS 17.0', language: 'zh_CN', SDKVersion: '3.8.12', windowWidth: 375, pixelRatio: 2 }

export function wx(openId) {
  const kept = new Map()
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
    getStorageSync: (name) => kept.get(name) ?? '',
    setStorageSync: (name, value) => kept.set(name, value),
    removeStorageSync: (name) => kept.delete(name),
    getSystemInfoSync: () => system,
    canIUse: () => true,
    nextTick: (work) => setTimeout(work, 0),
    getLaunchOptionsSync: () => ({ path: 'pages/screen/index', query: {} }),
    createSelectorQuery: selectorQuery,
  })
}
