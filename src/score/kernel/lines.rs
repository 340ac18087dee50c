//! Lines of attention and alarm (关注线、预警线): a light beside a value, no points.

use super::{Direction, Problem, Shown};
use crate::codes::criteria as codes;
use crate::number::Exact;
use crate::score::reason;
use crate::text::{Said, Text};

/// The lines of a criterion, in the display unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// 关注线: beyond it a value needs attention.
    pub warn: Option<Exact>,
    /// 预警线: beyond it, on the worse side, there is alarm.
    pub alarm: Option<Exact>,
    /// The better side.
    pub direction: Direction,
}

/// On which side of the lines a value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// At the line of attention or better.
    Ok,
    /// Beyond the line of attention.
    Warn,
    /// Beyond the line of alarm.
    Alarm,
}

impl Light {
    /// The spelling in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Alarm => "alarm",
        }
    }

    /// The word in both languages.
    pub fn word(self) -> Text {
        match self {
            Self::Ok => Text::new("正常", "ok"),
            Self::Warn => Text::new("关注", "attention"),
            Self::Alarm => Text::new("预警", "alarm"),
        }
    }
}

impl Lines {
    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        let (Some(warn), Some(alarm)) = (&self.warn, &self.alarm) else { return Vec::new() };
        if self.direction.reaches(warn, alarm) && warn != alarm {
            return Vec::new();
        }
        vec![Problem::new(&codes::LINES_ORDER, "alarm").with("warn", warn.to_string()).with("alarm", alarm.to_string())]
    }

    /// The light of a value: a line itself is on its good side. Domain rule S23.
    pub fn light(&self, value: &Exact) -> Light {
        let beyond = |line: &Option<Exact>| line.as_ref().is_some_and(|line| !self.direction.reaches(value, line));
        match (beyond(&self.alarm), beyond(&self.warn)) {
            (true, _) => Light::Alarm,
            (false, true) => Light::Warn,
            (false, false) => Light::Ok,
        }
    }

    /// The line that a light is about; `None` where no line was passed.
    pub fn passed(&self, light: Light) -> Option<&Exact> {
        match light {
            Light::Ok => None,
            Light::Warn => self.warn.as_ref(),
            Light::Alarm => self.alarm.as_ref(),
        }
    }

    /// The sentence of a line that was passed.
    pub fn said(&self, light: Light, value: &Exact, shown: &Shown) -> Option<Said> {
        let line = self.passed(light)?;
        let phrase = if light == Light::Alarm { &reason::PAST_ALARM } else { &reason::PAST_WARN };
        Some(Said::new(phrase).with("line", shown.threshold(line, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::x;
    use super::*;
    use proptest::prelude::*;

    fn lines(direction: Direction, warn: &str, alarm: &str) -> Lines {
        Lines { warn: Some(x(warn)), alarm: Some(x(alarm)), direction }
    }

    /// S23, the monitoring set of an insurance office: fourteen indicators, of which three need attention and one is alarming.
    /// Lines and the values 71.2, 2.2, 412 and 11.4 as published there; the other values are ours, on the good side.
    #[test]
    fn fourteen_indicators_of_a_county_give_ten_three_and_one() {
        let (up, down) = (Direction::Higher, Direction::Lower);
        let set = [
            (up, "85", "80", "88"),
            (up, "75", "65", "71.2"),
            (up, "60", "50", "60"),
            (down, "5", "8", "5"),
            (up, "3", "1.5", "2.2"),
            (up, "2", "0", "2.5"),
            (down, "8500", "9500", "8200"),
            (down, "200", "400", "412"),
            (up, "70", "60", "72"),
            (down, "10", "15", "11.4"),
            (up, "90", "80", "95"),
            (up, "95", "90", "95"),
            (up, "95", "90", "97"),
            (up, "90", "85", "92"),
        ];
        let lights: Vec<Light> = set.iter().map(|(side, warn, alarm, value)| lines(*side, warn, alarm).light(&x(value))).collect();
        let count = |light: Light| lights.iter().filter(|one| **one == light).count();
        assert_eq!([Light::Ok, Light::Warn, Light::Alarm].map(count), [10, 3, 1]);
    }

    /// At a line is its good side; the smallest step beyond it is not.
    #[test]
    fn a_line_belongs_to_its_good_side() {
        let up = lines(Direction::Higher, "75", "65");
        assert_eq!(["75", "74.99", "65", "64.99"].map(|value| up.light(&x(value))), [Light::Ok, Light::Warn, Light::Warn, Light::Alarm]);
        let down = lines(Direction::Lower, "10", "15");
        assert_eq!(["10", "10.01", "15", "15.01"].map(|value| down.light(&x(value))), [Light::Ok, Light::Warn, Light::Warn, Light::Alarm]);
    }

    #[test]
    fn an_alarm_on_the_good_side_of_attention_is_a_problem() {
        assert!(lines(Direction::Higher, "75", "65").check().is_empty());
        assert_eq!(lines(Direction::Higher, "65", "75").check().len(), 1);
        assert_eq!(lines(Direction::Lower, "5", "5").check().len(), 1);
    }

    proptest! {
        /// A better value never has a worse light.
        #[test]
        fn lights_follow_the_values(warn in 50_i32..100, alarm in 0_i32..50, one in 0_i32..120, more in 0_i32..50) {
            let up = Lines { warn: Some(Exact::from(warn)), alarm: Some(Exact::from(alarm)), direction: Direction::Higher };
            prop_assert!(up.light(&Exact::from(one + more)) <= up.light(&Exact::from(one)));
        }
    }
}
