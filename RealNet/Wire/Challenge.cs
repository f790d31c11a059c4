using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// Instead of a HELLO, to the address that one claimed: "did you dial me from that port of yours?" Transports speak
/// it among themselves; nodes never see it.
/// </summary>
/// <param name="Asker">Whom the claimed connection was dialed to.</param>
/// <param name="Port">Where that connection comes from, as the kernel of the asker says.</param>
internal sealed record Challenge(NodeAddress Asker, int Port) : Message;

/// <summary>The answer to a <see cref="Challenge"/>, and the end of its connection.</summary>
internal sealed record Confirmation(bool Dialed) : Message;
