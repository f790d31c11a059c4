using GossipSim.Engine.Protocol;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>The contract of the transport, for messages that users wrote.</summary>
[TestFixture]
internal sealed class OwnMessagesContract : TransportContract
{
    protected override Message Numbered(int number) => OwnNumber.Of(number);

    protected override Message Travelling(NodeAddress origin) =>
        new OwnTale(origin, "text with \"quotes\", newline \n and \u00FC", OwnTale.Mood.VeryBad);

    protected override Task<ContractNetwork> BuildAsync(int nodes) => RealContractNetwork.OpenedAsync(
        nodes, RealContractNetwork.Options() with { OwnMessages = [typeof(OwnNumber), typeof(OwnTale)] });
}
