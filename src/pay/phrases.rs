//! Sentences about where an amount comes from.

use crate::text::phrases;

phrases! {
    BAND = "pay/band" "总分 {total} 达到 {least}，系数 {coefficient}" "the total of {total} reaches {least}: coefficient {coefficient}";
    GRADE = "pay/grade" "等次{grade}，系数 {coefficient}" "grade {grade}: coefficient {coefficient}";
    SHARE_OF_FULL = "pay/share-of-full" "总分 {total} / 满分 {full}，系数 {coefficient}" "a total of {total} of {full} points: coefficient {coefficient}";
    PARTS = "pay/parts" "{terms} {own}" "{terms} {own}";
    TIMES = "pay/times" "自有额度 {own} × 系数 {coefficient} {paid}" "own pool {own} × coefficient {coefficient} {paid}";
    ROUNDED = "pay/rounded" "四舍五入到分为 {paid}" "rounded half-up to {paid}";
    LEAST = "pay/least" "按下限为 {paid}" "raised to the least of {paid}";
    MOST = "pay/most" "按上限为 {paid}" "cut to the most of {paid}";
    RETURNED = "pay/returned" "余额 {rest} 退回" "remainder {rest} returned";
    CARRIED = "pay/carried" "余额 {rest} 结转下期" "remainder {rest} carried over";
    POOLED = "pay/pooled" "余额 {rest} 用于再分配" "remainder {rest} given to the redistribution";
    AGAIN = "pay/again" "再分配总额 {pool} × 自有额度×系数 {weight}/{weights} {share}" "of the {pool} to be redistributed, by own pool × coefficient {weight}/{weights} {share}";
    SUM = "pay/sum" "合计 {paid}" "together {paid}";
    SHARED = "pay/shared" "总额 {pool} ×（{terms}）/{weights} {share}" "pool {pool} × ({terms})/{weights} {share}";
    REST = "pay/rest" "除去受上下限约束的对象，余额按同一比例分配 {share}" "what limits leave is shared in the same proportion {share}";
    UP = "pay/up" "余数较大，进一分得 {paid}" "its remainder is among the largest and earns one 分 more: {paid}";
    DOWN = "pay/down" "余数较小，舍去得 {paid}" "its remainder is among the smallest and is dropped: {paid}";
    HELD = "pay/held" "尚无总分，暂不分配" "no total yet, so nothing is paid";
    PERSON = "pay/person" "{paid} × 本人当月工作当量 {own}/{all} {share}" "{paid} × the month's work equivalents {own}/{all} {share}";
}
