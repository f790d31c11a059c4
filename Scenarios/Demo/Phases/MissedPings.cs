using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>The pings that a neighbor of the victim gets no answer to, and the sign of life that ends the count.
/// </summary>
internal sealed class MissedPings(StepList steps, Watchers watchers, PeerOptions options, FailureAct act)
{
    private const string Source = "Documents 001 and 004: 3 consecutive misses = dead.";

    private readonly DemoNames names = steps.Names;
    private readonly string limit = NumberWords.Of(options.MissedPingsToSuspect);
    private readonly string victim = steps.Names.Of(act.Victim);
    private bool hasBeenExplained;

    /// <summary>The last one is told as the suspicion that it leads to.</summary>
    public void TellMiss(Instant time, Watcher watcher, int count)
    {
        watcher.Misses = count;
        if (count >= options.MissedPingsToSuspect) return;
        steps.At(time, $"{names.Big(watcher.Self)}: missed {count} of {options.MissedPingsToSuspect}")
            .Says(
                $"{names.Big(watcher.Self)} asked {victim} whether it is there, and waited"
                + $" {NumberWords.Seconds(options.PingTimeout.TotalSeconds)}. No answer. That is miss number"
                + $" {NumberWords.Of(count)}; {limit} in a row make a suspect. {WhatFollows(time, watcher)}")
            .Cites(Source)
            .About(watcher.Self, act.Victim)
            .Sends(watcher.Self, act.Victim, DemoWord.Ping, isLost: true)
            .Shows(watchers.Table(watcher.Self));
        hasBeenExplained = true;
    }

    private string WhatFollows(Instant time, Watcher watcher)
    {
        if (watcher.Misses > 1) return "Still it could be a long pause, so it asks once more.";
        if (!hasBeenExplained)
            return "One missed answer proves nothing: the peer may be busy, or a message may be late. So nobody is"
                + $" removed and nobody is told; {names.Of(watcher.Self)} only counts, and asks again.";
        return time >= act.Crashed
            ? $"From here it looks just like the first time, when {victim} was alive. So again it only counts."
            : "It only counts.";
    }

    public void TellSignOfLife(Instant time, Watcher watcher)
    {
        var before = watcher.Misses;
        watcher.Misses = 0;
        steps.At(time, $"{names.Big(watcher.Self)} hears {victim} again")
            .Says(
                $"{names.Big(act.Victim)} lives, so {names.Of(watcher.Self)} forgets the"
                + $" {NumberWords.Count(before, "miss", "misses")} and counts from zero. Only misses in a row count.",
                $"It never came to {limit}. That is why a peer is not removed at the first missed ping: a live one"
                + " would often be thrown out by mistake.")
            .Cites(Source)
            .About(watcher.Self, act.Victim)
            .Sends(act.Victim, watcher.Self, DemoWord.Pong)
            .Shows(watchers.Table(watcher.Self));
    }
}
