using System.Collections.Concurrent;
using GossipSim.Scenarios.Explaining;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>
/// Issue 3: "explain for every (message, peer) pair of 100 small runs gives one of a closed list of reasons and agrees
/// with the event log". Agreement is judged by <see cref="ReachClaim"/>, which knows lines and not the explainer.
/// </summary>
internal sealed class EveryPairTests
{
    private const int Runs = 100;

    [Test]
    public void Every_message_and_peer_of_a_hundred_runs_has_one_reason_and_it_is_true()
    {
        var counts = new ConcurrentDictionary<ReachReason, int>();
        var wrong = new ConcurrentBag<string>();
        Parallel.For(1, Runs + 1, new ParallelOptions { MaxDegreeOfParallelism = 2 }, randomSeed =>
        {
            var run = LoggedRun.Small(randomSeed);
            var raw = new RawLog(run.Lines());
            foreach (var (id, peer, claim) in run.Claims(raw))
            {
                counts.AddOrUpdate(claim.Reason, 1, (_, count) => count + 1);
                if (new ReachClaim(raw, id, peer).Refute(claim) is { } lie)
                    wrong.Add($"random seed {randomSeed}, {id} at {peer}: {claim.Reason}, but {lie}");
            }
        });

        TestContext.Out.WriteLine(string.Join("\n", counts.OrderBy(count => count.Key)));
        Assert.That(wrong, Is.Empty);
        Assert.That(counts, Does.Not.ContainKey(ReachReason.NotPassedOn), "an honest protocol keeps its promise");
        // So that the runs do not quietly become too tame to tell reasons apart.
        Assert.That(counts.Keys, Is.SupersetOf(new[]
        {
            ReachReason.IsTheOrigin, ReachReason.DeliveredByFlood, ReachReason.RecoveredByRequest,
            ReachReason.CrashedBefore, ReachReason.CrashedBeforeItArrived, ReachReason.LeftBefore, ReachReason.Paused,
            ReachReason.LostWithOrigin, ReachReason.CutOff, ReachReason.RunEndedFirst,
        }));
    }
}
