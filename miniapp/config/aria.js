// Accessibility attributes. Taro omits them from the templates of mini-programs and then drops the role and label of a view.
// src/base/mini/aria.ts registers the same attributes with the runtime, in the same order.
const attributes = require('../src/base/mini/aria.json')

module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      const own = attributes[platform.platform]
      platform.template.mergeComponents(ctx, { View: { ...own }, Image: { ...own }, Input: { ...own } })
    },
  })
}
