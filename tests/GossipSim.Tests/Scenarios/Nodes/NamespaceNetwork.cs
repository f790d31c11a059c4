using GossipSim.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>
/// Machines without machines: network namespaces with an address and a name each, joined by a bridge in one more. Each
/// is held by a process that waits for the end of its input, a pipe of this test: when that is closed, be it by a kill
/// of the test, the process ends and the kernel takes namespaces, bridge and addresses away. Nothing of it is seen from
/// outside, so that tests may run at the same time.
/// </summary>
internal sealed class NamespaceNetwork : IDisposable
{
    private const string Held = "held";

    private readonly TemporaryFolder folder = new();
    private readonly List<NodeProgram> holders = [];
    private readonly Dictionary<string, Machine> machines = [];

    private NamespaceNetwork()
    {
    }

    private NodeProgram Bridge => holders[0];

    /// <param name="names">Of the machines; they know each other by these.</param>
    /// <returns>The machines; the test is ignored, with the reason, where they cannot be made.</returns>
    public static async Task<NamespaceNetwork> MakeAsync(params string[] names)
    {
        var network = new NamespaceNetwork();
        try
        {
            await network.BuildAsync(names);
            return network;
        }
        catch (Exception missing) when (missing is NotAllowedException or System.ComponentModel.Win32Exception)
        {
            network.Dispose();
            Assert.Ignore($"network namespaces cannot be made here: {missing.Message}");
            throw;
        }
    }

    public string AddressOf(string name) => machines[name].Address;

    public string PathOf(string name, string file) => Path.Combine(machines[name].Folder, file);

    /// <summary>Starts the program on a machine, in the folder of that machine.</summary>
    public NodeProgram Start(string name, params string[] arguments) => NodeProgram.Of(
        folder.Path, "nsenter",
        [
            .. Entering(machines[name].Holder, "--mount", "--net"),
            // Whoever enters a mount namespace finds himself at its root.
            "sh", "-c", """cd "$0" && exec "$@" """, machines[name].Folder,
            ProgramLaunch.FileName, .. ProgramLaunch.Arguments(arguments),
        ]);

    /// <summary>Pulls the machine's plug out of the bridge: its own interface only loses its carrier.</summary>
    public Task UnplugAsync(string name) => AtBridgeAsync($"ip link set {machines[name].Plug} down");

    public Task PlugInAsync(string name) => AtBridgeAsync($"ip link set {machines[name].Plug} up");

    public void Dispose()
    {
        foreach (var holder in Enumerable.Reverse(holders)) holder.Dispose();
        folder.Dispose();
    }

    private async Task BuildAsync(string[] names)
    {
        string[] addresses = [.. names.Select((_, index) => $"10.77.0.{index + 1}")];
        await File.WriteAllLinesAsync(
            folder["hosts"], ["127.0.0.1 localhost", .. addresses.Zip(names, (address, name) => $"{address} {name}")]);
        // Root in a user namespace of its own may do all this, and changes nothing outside.
        await HoldAsync(
            "unshare", ["--user", "--map-root-user", "--mount", "--net"],
            $"mount --bind '{folder["hosts"]}' /etc/hosts && ip link add bridge0 type bridge"
                + " && ip link set bridge0 up");
        for (var index = 0; index < names.Length; index++)
            machines[names[index]] = await PlugNewAsync(names[index], addresses[index], $"plug{index}");
    }

    private async Task<Machine> PlugNewAsync(string name, string address, string plug)
    {
        var holder = await HoldAsync(
            "nsenter", [.. Entering(Bridge, "--mount", "--net"), "unshare", "--net"], "ip link set lo up");
        await AtBridgeAsync(
            $"ip link add {plug} type veth peer name eth0 netns {holder.Id}"
                + $" && ip link set {plug} master bridge0 && ip link set {plug} up");
        await RunAsync(holder, $"ip addr add {address}/24 dev eth0 && ip link set eth0 up");
        return new Machine(holder, address, plug, Directory.CreateDirectory(folder[name]).FullName);
    }

    private async Task<NodeProgram> HoldAsync(string file, string[] before, string script)
    {
        var holder = NodeProgram.Of(
            folder.Path, file, [.. before, "sh", "-c", $"{script} && echo {Held} && read -r end"]);
        holders.Add(holder);
        await Patience.UntilAsync(() => holder.Count(Held) > 0 || holder.HasExited, $"{file} is ready or refused");
        if (holder.Count(Held) > 0) return holder;
        await holder.ExitCodeAsync();
        throw new NotAllowedException(holder.Text);
    }

    private Task AtBridgeAsync(string script) => RunAsync(Bridge, script);

    private async Task RunAsync(NodeProgram holder, string script)
    {
        using var shell = NodeProgram.Of(
            folder.Path, "nsenter", [.. Entering(holder, "--net"), "sh", "-c", script]);
        if (await shell.ExitCodeAsync() != 0) throw new NotAllowedException(shell.Text);
    }

    private static string[] Entering(NodeProgram holder, params string[] namespaces) =>
        ["--target", $"{holder.Id}", "--user", "--preserve-credentials", .. namespaces, "--"];

    private sealed record Machine(NodeProgram Holder, string Address, string Plug, string Folder);

    private sealed class NotAllowedException(string message) : Exception(message);
}
