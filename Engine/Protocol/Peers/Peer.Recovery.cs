using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

// Recovery of gossip that flooding missed: a new link, or a PING whose digest differs, brings IHAVE; what is missing is
// asked for with IWANT, and from the next who has it when the first does not send it.
public sealed partial class Peer
{
    /// <summary>Our choice: as many as the texts that one peer keeps.</summary>
    private const int WantedLimit = MessageList.TextLimit;

    private const int HoldersPerMessage = 4;

    /// <summary>Whether anything was ever missed: asked at all that is news, and so not in the work in hand.</summary>
    private bool hasMissed;

    private sealed partial class WorkInHand
    {
        /// <summary>Null until something is missed for the first time.</summary>
        public Dictionary<GossipKey, WantedText>? Wanted { get; set; }

        public long WantRound { get; set; }
    }

    private sealed record WantedText(long Round, List<NodeAddress> Holders);

    private void OfferMessages(NodeAddress neighbor, in NodeContext context)
    {
        var marks = messages.Marks();
        const int bytes = MessagePages.OriginMarksBytes;
        for (var page = 0; page < MessagePages.Count(marks.Length, bytes); page++)
            context.Send(neighbor, new IHave([.. MessagePages.Of<OriginMarks>(marks, page, bytes)]));
    }

    private void OnIHave(NodeAddress from, int sender, IHave have, in NodeContext context)
    {
        if (sender < 0) return;
        var keys = new List<GossipKey>();
        foreach (var marks in have.Origins) CollectMissing(from, marks, keys, context);
        if (keys.Count > 0) Ask(from, keys, context);
    }

    private void CollectMissing(
        NodeAddress holder, OriginMarks marks, List<GossipKey> keys, in NodeContext context)
    {
        // Origins count from 1: a mark below that is made up, and has nothing to offer.
        for (var age = Math.Min(OriginWindow.Width, Math.Max(0, marks.High)) - 1; age >= 0; age--)
        {
            if ((marks.Seen >> age & 1) == 0) continue;
            var key = new GossipKey(marks.Origin, marks.Epoch, marks.High - age);
            if (!IsNumber(key.Number) || messages.HasSeen(key)) continue;
            var open = Work.Wanted?.GetValueOrDefault(key);
            if ((marks.Held >> age & 1) == 0)
            {
                if (open is null && messages.MarkMissed(key))
                    context.Report(new ProtocolEvent(EventKind.GossipGivenUp, holder, Detail: key));
            }
            else if (open is not null)
            {
                if (open.Holders.Count < HoldersPerMessage && !open.Holders.Contains(holder)) open.Holders.Add(holder);
            }
            else if ((Work.Wanted?.Count ?? 0) < WantedLimit)
            {
                keys.Add(key);
            }
        }
    }

    private void Ask(NodeAddress holder, List<GossipKey> keys, in NodeContext context)
    {
        hasMissed = true;
        var wanted = Work.Wanted ??= [];
        const int bytes = MessagePages.GossipKeyBytes;
        for (var page = 0; page < MessagePages.Count(keys.Count, bytes); page++)
        {
            var asked = MessagePages.Of<GossipKey>(CollectionsMarshal.AsSpan(keys), page, bytes);
            Work.WantRound++;
            foreach (var key in asked)
            {
                var others = wanted.TryGetValue(key, out var open) ? open.Holders : [];
                wanted[key] = new WantedText(Work.WantRound, others);
            }

            context.Send(holder, new IWant([.. asked]));
            context.SetTimer(new ProtocolTimer(TimerKind.WantTimeout, holder, Work.WantRound), options.AnswerTimeout);
        }
    }

    /// <summary>
    /// What the first holder did not send is asked of the next; without a next, the following digest brings one.
    /// </summary>
    private void OnWantTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (Work.Wanted is not { } wanted) return;
        var late = new List<GossipKey>();
        foreach (var (key, open) in wanted)
            if (open.Round == timer.Round) late.Add(key);
        foreach (var key in late)
        {
            var holders = wanted[key].Holders;
            if (holders.Count == 0)
            {
                wanted.Remove(key);
                continue;
            }

            var next = holders[0];
            holders.RemoveAt(0);
            Ask(next, [key], context);
        }
    }

    private void OnIWant(NodeAddress from, int sender, IWant want, in NodeContext context)
    {
        if (sender < 0) return;
        for (var index = 0; index < Math.Min(want.Keys.Length, MessagePages.MostEntries); index++)
            if (messages.Text(want.Keys[index]) is { } gossip) context.Send(from, gossip with { Recovered = true });
    }
}
