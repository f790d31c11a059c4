using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// Who sends is what HELLO confirmed, for all of a connection. Some messages name their sender once more; who names
/// somebody else there repeats another's message, or makes one up in his name.
/// </summary>
internal static class SenderClaim
{
    /// <param name="from">What the line itself says in a field <c>from</c>; none when it has no such field.</param>
    public static bool IsFalse(Message message, NodeAddress from, NodeAddress sender)
    {
        if (!from.IsNone && from != sender) return true;
        return message switch
        {
            Register register => register.Address != sender,
            DeadNode report => !NamesReporter(report.Text, sender),
            _ => false,
        };
    }

    /// <summary>The last part of the documents' line, with or without the port.</summary>
    private static bool NamesReporter(string text, NodeAddress sender) =>
        text.EndsWith($":{sender.HostText}", StringComparison.Ordinal)
        || text.EndsWith($":{sender}", StringComparison.Ordinal);
}
