//! Sentences about where a target comes from.

use crate::text::phrases;

phrases! {
    SHARE = "target/share" "{total} ×（{terms}）{share}" "{total} × ({terms}) {share}";
    REST = "target/rest" "除去受限或商定的对象，余量按同一比例分摊 {share}" "what limits and agreements leave is shared in the same proportion {share}";
    UP = "target/up" "余数较大，进一得 {target}" "its remainder is among the largest and earns one more: {target}";
    DOWN = "target/down" "余数较小，舍去得 {target}" "its remainder is among the smallest and is dropped: {target}";
    AT_LEAST = "target/at-least" "各对象不少于 {target}" "no unit gets less than {target}";
    AT_MOST = "target/at-most" "各对象不超过 {target}" "no unit gets more than {target}";
    AGREED = "target/agreed" "第 {round} 轮意见征询商定 {target}{why}" "{target} agreed on in round {round} of the consultation{why}";
    AGREED_LEAST = "target/agreed-least" "第 {round} 轮意见征询商定不少于 {target}{why}" "at least {target} agreed on in round {round} of the consultation{why}";
    AGREED_MOST = "target/agreed-most" "第 {round} 轮意见征询商定不超过 {target}{why}" "at most {target} agreed on in round {round} of the consultation{why}";
    UNIFORM = "target/uniform" "各对象统一为 {target}" "the same for all: {target}";
}
