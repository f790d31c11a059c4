using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>The question of one message and one peer, and the events that the answer will rest on.</summary>
internal sealed class MessageAnswer(RunHistory history, LoggedMessage message, NodeState node)
{
    private const int HoldersTold = 6;

    public LoggedMessage Message => message;

    public NodeState Node => node;

    public ExplainedSteps Steps { get; } = new(history);

    public MessageHolders Holders { get; } = new(history, message);

    public Explanation<ReachReason> With(ReachReason reason, string why) => new(
        $"message {message.Id} and peer {node.Address}", reason, why, Steps.ToList());

    /// <summary>Scenario time in words.</summary>
    public string Time(Instant at) => string.Create(CultureInfo.InvariantCulture, $"{history.SecondsAt(at):0.000} s");

    public void TellPublication()
    {
        if (message.PublishedAt is { } published)
            Steps.Add(published, $"{message.Key!.Value.Origin} published it", message.PublishedSeq);
        else
            Steps.Add(message.FirstSeenAt, $"the log names the message first; nobody published it");
    }

    /// <summary>The turns in the peer's life that matter: the last one before the message, and all after it.</summary>
    public void TellLife(Instant begin)
    {
        Turn? before = null;
        foreach (var turn in history.LifeOf(node.Index).Turns)
        {
            if (turn.At < begin) before = turn;
            else Tell(turn);
        }

        if (before is { } last) Tell(last);
    }

    public void TellRefusals()
    {
        foreach (var refusal in message.Refusals)
        {
            if (refusal.Node != node.Index) continue;
            var from = history.Nodes[refusal.From].Address;
            Steps.Add(refusal.At, $"{node.Address} did not take it from {from}: {refusal.Why}", refusal.Seq);
        }
    }

    /// <summary>How the processes that had it ended.</summary>
    public void TellHolderEnds()
    {
        foreach (var holder in Holders.Ever.Order().Take(HoldersTold))
        {
            var (life, address) = (history.LifeOf(holder), history.Nodes[holder].Address);
            if (life.Last(EventKind.ProcessCrashed) is { } crash && crash.At >= message.BeginsAt)
                Steps.Add(crash.At, $"{address}, who had it, crashed ({crash.FaultId})", crash.Seq);
            if (life.Last(EventKind.Left) is { } left && left.At >= message.BeginsAt)
                Steps.Add(left.At, $"{address}, who had it, left the network", left.Seq);
        }
    }

    public void TellHolder(int holder)
    {
        foreach (var receipt in message.Receipts)
        {
            if (receipt.Node != holder || receipt.At != Holders.Since(holder)) continue;
            Steps.Add(receipt.At, $"{history.Nodes[holder].Address} got it", receipt.Seq);
        }
    }

    private void Tell(in Turn turn)
    {
        FormattableString text = turn.Kind switch
        {
            EventKind.ProcessStarted => $"{node.Address} started",
            EventKind.ProcessCrashed => $"{node.Address} crashed ({turn.FaultId})",
            EventKind.ProcessPaused => $"{node.Address} was paused",
            EventKind.ProcessResumed => $"{node.Address} went on",
            EventKind.Left => $"{node.Address} left the network",
            EventKind.Registered => $"{node.Address} became a member (epoch {turn.Epoch})",
            EventKind.FoundItselfRemoved => $"{node.Address} learned that it had been removed (epoch {turn.Epoch})",
            _ => throw new InvalidOperationException($"{turn.Kind} is no turn in a life"),
        };
        Steps.Add(turn.At, text, turn.Seq);
    }
}
