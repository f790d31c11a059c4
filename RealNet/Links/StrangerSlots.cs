namespace GossipSim.RealNet.Links;

/// <summary>
/// Connections of strangers, who proved their address and belong to nobody: whoever wants to become a member is one,
/// and so is who only wants to take up room. A part of all connections is not for them, so that members find a place
/// whoever presses. Among themselves, one that has had its time gives way when others come. Of the node's loop.
/// </summary>
internal sealed class StrangerSlots(ProcessWire wire, ILinkNode node)
{
    private readonly Queue<(Connection Connection, long Since)> strangers = new();

    /// <summary>Whether the connection may stay; if another has to go for it, that one is refused here.</summary>
    public bool TryAdmit(Connection connection)
    {
        ForgetFirst();
        if (node.Knows(connection.Hello!.Address)) return true;
        if (!wire.TryAddStranger(connection) && !TryMakeRoom(connection)) return false;
        strangers.Enqueue((connection, wire.Now));
        return true;
    }

    /// <summary>A connection that has ended is not to be kept because it once was a stranger's.</summary>
    public void ForgetFirst()
    {
        while (strangers.TryPeek(out var first) && IsNoneNow(first.Connection))
            wire.RemoveStranger(strangers.Dequeue().Connection);
    }

    private bool TryMakeRoom(Connection newcomer)
    {
        Forget();
        if (wire.TryAddStranger(newcomer)) return true;
        if (!strangers.TryPeek(out var oldest)) return false;   // the strangers at other nodes of this process
        if (wire.Now - oldest.Since < wire.Limits.StrangerPatience.Ticks / TimeSpan.TicksPerMicrosecond) return false;
        strangers.Dequeue();
        oldest.Connection.GiveWay();
        wire.RemoveStranger(oldest.Connection);
        return wire.TryAddStranger(newcomer);
    }

    /// <summary>Who has gone, and who has become known meanwhile, needs no room of strangers.</summary>
    private void Forget()
    {
        for (var left = strangers.Count; left > 0; left--)
        {
            var stranger = strangers.Dequeue();
            if (IsNoneNow(stranger.Connection))
                wire.RemoveStranger(stranger.Connection);
            else
                strangers.Enqueue(stranger);
        }
    }

    private bool IsNoneNow(Connection stranger) => stranger.HasEnded || node.Knows(stranger.Hello!.Address);
}
