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
}

/// <summary>
/// The Message List: which messages a peer has seen, each under its SHA-256, and the texts of the latest for those who
/// missed them. Every part of it is bounded. What is the same object as before is the same message; only another
/// object is judged by its hash.
/// </summary>
/// <remarks>A struct inside its peer, and without any table as long as only one message was heard.</remarks>
internal struct MessageList
{
    /// <summary>
    /// Our choice: origins remembered, and texts kept. Ten messages of each of 400 peers can be had again.
    /// </summary>
    public const int OriginLimit = 65_536;

    public const int TextLimit = 4_096;

    /// <summary>Nothing, the only <see cref="Gossip"/> heard so far, or a <see cref="MessageTable"/>.</summary>
    private object? heard;

    public readonly int Origins => heard is MessageTable table ? table.Origins : heard is null ? 0 : 1;

    public readonly int Texts => heard is MessageTable table ? table.Texts : heard is null ? 0 : 1;

    /// <summary>Of all that was ever seen: equal at two peers that have seen the same.</summary>
    public readonly GossipDigest Digest => heard switch
    {
        MessageTable table => table.Digest,
        Gossip only => new GossipDigest(1, only.KeyFingerprint),
        _ => default,
    };

    public Receipt Receive(Gossip gossip)
    {
        if (ReferenceEquals(heard, gossip)) return Receipt.Again;
        if (heard is not null) return Table().Receive(gossip);
        heard = gossip;
        return Receipt.First;
    }

    public readonly bool HasSeen(in GossipKey key) => heard switch
    {
        MessageTable table => table.HasSeen(key),
        Gossip only => key == only.Key || IsBelow(key, only),
        _ => false,
    };

    public readonly Gossip? Text(in GossipKey key) => heard switch
    {
        MessageTable table => table.Text(key),
        Gossip only when key == only.Key => only,
        _ => null,
    };

    /// <summary>
    /// Gives a message up: nobody around holds its text any more. Only below what came here itself: on a neighbor's
    /// word alone an origin's next messages would be taken for seen before they are sent.
    /// </summary>
    /// <returns>Whether it was given up just now.</returns>
    public bool MarkMissed(in GossipKey key) => heard is not null && Table().MarkMissed(key);

    /// <summary>All marks, in the order in which the origins were first heard.</summary>
    public readonly OriginMarks[] Marks() => heard switch
    {
        MessageTable table => table.Marks(),
        Gossip only => [new OriginMarks(only.Origin, only.Epoch, only.Number, Seen: 1, Held: 1)],
        _ => [],
    };

    private static bool IsBelow(in GossipKey key, Gossip only) =>
        key.Origin == only.Origin && key.Epoch == only.Epoch && (long)only.Number - key.Number >= OriginWindow.Width;

    private MessageTable Table()
    {
        if (heard is MessageTable table) return table;
        table = new MessageTable();
        table.Receive((Gossip)heard!);
        heard = table;
        return table;
    }
}
