using System.Diagnostics.CodeAnalysis;

namespace GossipSim.Engine.Protocol;

/// <summary>What became of a message that came in.</summary>
internal enum Receipt : byte
{
    First,
    Again,

    /// <summary>Below the origin's window: too old to know whether it was seen.</summary>
    Old,

    /// <summary>Another text under a known id, or a number that no origin gives: somebody lies.</summary>
    Forged,

    /// <summary>More origins than there is room for.</summary>
    Full,

    /// <summary>From somebody who is no neighbor.</summary>
    Stranger,

    /// <summary>Another message came under this id before: swallowed as a duplicate.</summary>
    SameId,
}

/// <summary>
/// The Message List: which messages a peer has seen, each under its SHA-256, and the texts of the latest for those who
/// missed them. Every part of it is bounded. What is the same object as before is the same message; only another
/// object is judged by its hash.
/// </summary>
/// <remarks>
/// A struct inside its peer: what most copies that a flood brings are of is told without leaving the peer's own memory.
/// The rest grows with what was heard: nothing, an array of the few messages, <see cref="ManyMessages"/> with an index,
/// a <see cref="MessageTable"/> with windows.
/// </remarks>
internal struct MessageList
{
    /// <summary>
    /// Our choice: origins remembered, and texts kept. Ten messages of each of 400 peers can be had again.
    /// </summary>
    public const int OriginLimit = 65_536;

    public const int TextLimit = 4_096;

    /// <summary>
    /// Our choice: a kilobyte for each of them. Who sends the longest texts that a line can hold fills no more.
    /// </summary>
    public const long TextBytesLimit = 4 << 20;

    /// <summary>Our choice: so many references are two cache lines; to look through more would be slow.</summary>
    private const int FewAtMost = 16;

    /// <summary>How many more fit into the array of the few when it is full.</summary>
    private const int FewMore = 6;

    /// <summary>The last that was news.</summary>
    private Gossip? latest;

    /// <summary>
    /// Null while there is but one message; an array of the few, the latest among them; <see cref="ManyMessages"/>; or
    /// <see cref="MessageTable"/>.
    /// </summary>
    private object? heard;

    /// <summary>Texts, and windows where there are any. May be asked for while messages come in.</summary>
    public readonly int Entries => heard switch
    {
        ManyMessages many => many.Count,
        MessageTable table => table.Entries,
        Gossip?[] several => new HeldMessages(several).Count,
        _ => latest is null ? 0 : 1,
    };

    /// <summary>Of all that was ever seen: equal at two peers that have seen the same.</summary>
    public readonly GossipDigest Digest => heard switch
    {
        MessageTable table => table.Digest,
        ManyMessages many => many.Digest,
        _ => latest is null ? default : Held.Digest,
    };

    /// <summary>All messages, where there are no windows.</summary>
    [UnscopedRef]
    private readonly HeldMessages Held => heard switch
    {
        Gossip?[] several => new HeldMessages(several),
        ManyMessages many => many.All,
        _ => new HeldMessages(new ReadOnlySpan<Gossip?>(in latest)),
    };

    /// <inheritdoc cref="Node.BringStateNear"/>
    public readonly void BringNear() => Prefetch.Object(in heard);

    /// <inheritdoc cref="Node.BringListsNear"/>
    public readonly void BringListsNear(Message next)
    {
        if (heard is ManyMessages many && next is Gossip gossip) many.BringNear(gossip);
    }

    /// <summary>
    /// Whether this very object came before, as far as one look tells: what is not known here may still be a copy.
    /// </summary>
    public readonly bool Holds(Gossip gossip) => ReferenceEquals(latest, gossip) || heard switch
    {
        ManyMessages many => many.HoldsLately(gossip),
        MessageTable table => table.HoldsLately(gossip),
        _ => Held.Holds(gossip),
    };

    public Receipt Receive(Gossip gossip)
    {
        var receipt = heard switch
        {
            ManyMessages many => many.Receive(gossip) ?? Table().Receive(gossip),
            MessageTable table => table.Receive(gossip),
            _ => ReceiveAmongFew(gossip),
        };
        if (receipt == Receipt.First) latest = gossip;
        return receipt;
    }

    public readonly bool HasSeen(in GossipKey key) => heard switch
    {
        ManyMessages many => many.HasSeen(key),
        MessageTable table => table.HasSeen(key),
        _ => Held.HasSeen(key),
    };

    public readonly Gossip? Text(in GossipKey key) => heard switch
    {
        ManyMessages many => many.Text(key),
        MessageTable table => table.Text(key),
        _ => Held.Text(key),
    };

    /// <summary>
    /// Gives a message up: nobody around holds its text any more. Only below what came here itself: on a neighbor's
    /// word alone an origin's next messages would be taken for seen before they are sent.
    /// </summary>
    /// <returns>Whether it was given up just now.</returns>
    public bool MarkMissed(in GossipKey key) =>
        (heard is MessageTable || Held.Lack(key)) && Table().MarkMissed(key);

    /// <summary>All marks, in the order in which the origins were first heard.</summary>
    public readonly OriginMarks[] Marks() => heard is MessageTable table ? table.Marks() : Held.Marks();

    private Receipt ReceiveAmongFew(Gossip gossip)
    {
        var few = Held;
        var receipt = few.Judge(gossip);
        if (receipt != Receipt.First || few.Count == 0) return receipt;
        // A text that its origin's window passes is forgotten: that is the table's affair.
        if (few.ArePassedBy(gossip)) return Table().Receive(gossip);
        if (few.Count == FewAtMost) return ReceiveAsOneOfMany(gossip);
        KeepAmongFew(gossip, few.Count);
        return Receipt.First;
    }

    private void KeepAmongFew(Gossip gossip, int count)
    {
        var several = heard as Gossip?[] ?? [latest, null, null, null];
        if (count == several.Length) Array.Resize(ref several, Math.Min(FewAtMost, count + FewMore));
        several[count] = gossip;
        heard = several;
    }

    private Receipt ReceiveAsOneOfMany(Gossip gossip)
    {
        if (!ManyMessages.NeedsNoWindow(gossip) || !Held.NeedNoWindows) return Table().Receive(gossip);
        var many = new ManyMessages(Held);
        heard = many;
        return many.Receive(gossip) ?? Table().Receive(gossip);
    }

    private MessageTable Table()
    {
        if (heard is MessageTable table) return table;
        table = new MessageTable(Held);
        heard = table;
        return table;
    }
}
