// A stub of Alipay's API, with the sandbox behind it. As Alipay does, it calls every status but 2xx a failure.
import { bare } from './bare.mjs'
import { decode, form, lenient, relay, selectorQuery } from './sandbox.mjs'

const system = { platform: 'iOS', system: '17.0', language: 'zh-Hans', SDKVersion: '2.9.0', windowWidth: 375, pixelRatio: 2 }
const httpError = 19

/** `says` is what the phone tells of itself: all that it can, or nothing. */
export function my(openId, says = 'all') {
  const kept = new Map()
  return lenient({
    request({ url, method, headers, data, dataType, success, fail }) {
      relay(url, method, headers, data).then(({ status, headers: got, bytes }) => {
        const reply = { status, headers: got, data: dataType === 'arraybuffer' && status < 300 ? bytes : decode(bytes) }
        if (status < 300) success(reply)
        else fail({ ...reply, error: httpError })
      }, () => fail({ error: 12 }))
      return {}
    },
    getAuthCode({ scopes, success, fail }) {
      form('/sandbox/code', { open_id: openId, scope: scopes[0] }).then(({ auth_code }) => success({ authCode: auth_code }), fail)
    },
    startAPVerify({ certifyId, url }, callback) {
      fetch(url)
        .then(() => form('/sandbox/face', { certify_id: certifyId, open_id: openId, action: 'pass' }))
        .then(callback, () => callback({ resultStatus: '6002', result: null }))
    },
    getStorageSync: ({ key }) => ({ data: kept.get(key) ?? null }),
    setStorageSync: ({ key, data }) => kept.set(key, data),
    removeStorageSync: ({ key }) => kept.delete(key),
    getSystemInfoSync: () => system,
    canIUse: () => true,
    nextTick: (work) => setTimeout(work, 0),
    getLaunchOptionsSync: () => ({ path: 'pages/screen/index', query: {} }),
    createSelectorQuery: selectorQuery,
    ...(says === 'nothing' ? bare : {}),
  })
}
