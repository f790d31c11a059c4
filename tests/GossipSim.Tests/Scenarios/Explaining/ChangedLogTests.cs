using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Explaining;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>A log that says something else is answered differently: neither explainer nor judge are blind.</summary>
internal sealed class ChangedLogTests
{
    private readonly List<JsonObject> lines = LoggedRun.Small(7).Lines();

    private static Explanation<ReachReason> Explain(LoggedRun run, string id, string peer)
    {
        var history = run.History();
        return new MessageExplainer(history).Explain(history.Messages.Find(id)!, NodeAddress.Parse(peer));
    }

    private LoggedRun Without(RawLog.Line line) =>
        LoggedRun.Of(lines.Where((_, index) => index != line.Seq));

    [Test]
    public void Without_its_delivery_a_message_did_not_come_and_the_judge_sees_the_difference()
    {
        var raw = new RawLog(lines);
        var senders = raw.Of("gossipDelivered").Select(line => (line.Id, line.About)).ToHashSet();
        var last = raw.Of("gossipDelivered").First(line => !senders.Contains((line.Id, line.Node)));
        var claim = Explain(LoggedRun.Small(7), last.Id, last.Node);

        var changed = Without(last);
        var other = Explain(changed, last.Id, last.Node);

        Assert.That(claim.Reason, Is.EqualTo(ReachReason.DeliveredByFlood));
        Assert.That(other.Reason, Is.GreaterThan(ReachReason.RecoveredByRequest));
        Assert.That(new ReachClaim(raw, last.Id, last.Node).Refute(other), Is.EqualTo("it has the message"));
        var changedRaw = new RawLog(changed.Lines());
        Assert.That(new ReachClaim(changedRaw, last.Id, last.Node).Refute(claim), Is.Not.Null);
    }

    [Test]
    public void Without_a_hop_in_the_middle_the_log_contradicts_itself()
    {
        var raw = new RawLog(lines);
        var second = raw.Of("gossipDelivered").First(line =>
            raw.Deliveries(line.Id).Any(earlier => earlier.Node == line.About && earlier.Seq < line.Seq));
        var first = raw.Deliveries(second.Id).Single(line => line.Node == second.About);

        Assert.That(
            () => Explain(Without(first), second.Id, second.Node),
            Throws.TypeOf<EventLogException>().With.Message.Contains("the log is not whole"));
    }

    [Test]
    public void Without_the_crash_it_is_not_the_crash_that_kept_the_message_away()
    {
        for (var randomSeed = 1; ; randomSeed++)
        {
            var run = LoggedRun.Small(randomSeed);
            var all = run.Lines();
            var raw = new RawLog(all);
            var crashed = raw.Peers.FirstOrDefault(peer => raw.LastTurn(peer)!.Kind == "processCrashed");
            var missed = crashed is null ? null : raw.Of("gossipPublished")
                .FirstOrDefault(line => line.Seq > raw.LastTurn(crashed)!.Seq);
            if (missed is null) continue;

            var crash = raw.LastTurn(crashed!)!;
            var changed = LoggedRun.Of(all.Where((_, index) => index != crash.Seq));
            var other = Explain(changed, missed.Id, crashed!);

            Assert.That(Explain(run, missed.Id, crashed!).Reason, Is.EqualTo(ReachReason.CrashedBefore));
            Assert.That(other.Reason, Is.GreaterThan(ReachReason.CrashedBeforeItArrived));
            Assert.That(new ReachClaim(raw, missed.Id, crashed!).Refute(other), Is.EqualTo("it does not run"));
            return;
        }
    }
}
