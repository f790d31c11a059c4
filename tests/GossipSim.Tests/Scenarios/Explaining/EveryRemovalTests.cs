using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Explaining;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Explaining;

internal sealed class EveryRemovalTests
{
    [Test]
    public void Every_membership_of_a_hundred_runs_ended_or_did_not_for_one_reason_and_it_is_true()
    {
        var counts = new Dictionary<RemovalReason, int>();
        var wrong = new List<string>();
        for (var randomSeed = 1; randomSeed <= 100; randomSeed++)
        {
            var run = LoggedRun.Small(randomSeed);
            var raw = new RawLog(run.Lines());
            var explainer = new RemovalExplainer(run.History());
            foreach (var peer in raw.Peers)
            {
                var reason = explainer.Explain(NodeAddress.Parse(peer)).Reason;
                counts[reason] = counts.GetValueOrDefault(reason) + 1;
                if (new RemovalClaim(raw, peer).Refute(reason) is { } lie)
                    wrong.Add($"random seed {randomSeed}, {peer}: {reason}, but {lie}");
            }
        }

        TestContext.Out.WriteLine(string.Join("\n", counts.OrderBy(count => count.Key)));
        Assert.That(wrong, Is.Empty);
        Assert.That(counts, Does.Not.ContainKey(RemovalReason.RemovedWrongly));
        Assert.That(counts.Keys, Is.SupersetOf(new[]
        {
            RemovalReason.CrashedAndRemoved, RemovalReason.LeftAndRemoved, RemovalReason.PausedAndRemoved,
            RemovalReason.CutOffAndRemoved, RemovalReason.NeverAMember, RemovalReason.NeverSuspected,
            RemovalReason.SuspicionCleared, RemovalReason.ReportRefused, RemovalReason.NotNoticedYet,
            RemovalReason.SuspectedNotReported, RemovalReason.ReportNotHeard, RemovalReason.VoteFailed,
            RemovalReason.VoteStillOpen,
        }));
    }
}
