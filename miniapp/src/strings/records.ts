import { text } from './table'

export const records = {
  recordsTitle: text('我的记录', '我的記錄', 'My records'),
  recordsEmpty: text('还没有记录。', '還沒有記錄。', 'No records yet.'),
  recordTitle: text('确认记录', '確認記錄', 'Record'),
  decision: text('答复', '答覆', 'Answer'),
  answeredAt: text('答复时间', '答覆時間', 'Answered at'),
  receipt: text('回执', '回執', 'Receipt'),
  receiptLead: text(
    '回执证明您的答复，任何人都可以离线核对，其中没有个人信息。',
    '回執證明您的答覆，任何人都可以離線核對，其中沒有個人資料。',
    'The receipt proves your answer. Anyone can verify it offline. It contains no personal data.',
  ),
  showReceipt: text('查看回执', '查看回執', 'Show the receipt'),
  copyReceipt: text('保存回执', '保存回執', 'Save the receipt'),
  copied: text('已复制，可粘贴到备忘录', '已複製，可貼上到備忘錄', 'Copied. You can paste it into a note'),
} as const
