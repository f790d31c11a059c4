using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>What real TCP cannot do is said before the run, or refused with <c>--strict</c>; what the machine cannot do is refused.</summary>
internal static class TcpLimits
{
    public static void Check(Scenario scenario, ProtocolSettings settings, bool isStrict, TextWriter messages)
    {
        if (scenario.Runtime != RuntimeKind.Tcp) return;
        _ = settings;
        _ = isStrict;
        _ = messages;
        throw new EnvironmentException("tcp not merged yet");
    }
}
