using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// Bounds how many lines others can make a node write: of what was refused, and of reports. What is above the bound is
/// counted, and the count is a line of its own when the next second begins.
/// </summary>
internal sealed class LineBudget
{
    /// <summary>Our choice: more than a reader follows, and some megabytes an hour.</summary>
    public const int LinesPerSecond = 50;

    private long second = long.MinValue;
    private int written;
    private long leftOut;

    /// <param name="note">The event that tells how many were left out before this one; null: none were.</param>
    /// <returns>Whether the event is to be written.</returns>
    public bool Admits(Instant now, in ProtocolEvent e, out ProtocolEvent? note)
    {
        note = null;
        var current = now.Microseconds / 1_000_000;
        if (current != second)
        {
            if (leftOut > 0) note = new ProtocolEvent(EventKind.InputRefused, Number: leftOut);
            (second, written, leftOut) = (current, 0, 0);
        }

        if (!IsCausedByOthers(e.Kind)) return true;
        if (written < LinesPerSecond)
        {
            written++;
            return true;
        }

        leftOut++;
        return false;
    }

    private static bool IsCausedByOthers(EventKind kind) => kind is EventKind.InputRefused or EventKind.GossipRefused
        or EventKind.ReportHeard or EventKind.ReportAmbiguous or EventKind.RegistrationDenied
        or EventKind.OutboxDropped;
}
