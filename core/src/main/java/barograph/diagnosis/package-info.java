/// At which step does a login fail, seen from where, and who or what is at fault?
///
/// The one way in is [Diagnosis#of]: what was observed, and what is known about the change, go in; ranked suspects come
/// out, each with what speaks for and against it. It is a judge: the hand that looks is `vantage.Diagnostician`, in the
/// module `guard`. How much each thing counts stands in one table, [Sign].
@NullMarked
package barograph.diagnosis;

import org.jspecify.annotations.NullMarked;
