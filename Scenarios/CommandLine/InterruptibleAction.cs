using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// What a command does until the user wants no more, and then ends with its results: at Ctrl-C, and when the terminal
/// closes. The library listens for Ctrl-C only from the moment on at which the command first waits for something.
/// </summary>
internal sealed class InterruptibleAction(AsynchronousCommandLineAction action) : AsynchronousCommandLineAction
{
    /// <summary>All actions of a command and those below it that can be told to end.</summary>
    public static void Wrap(Command command)
    {
        if (command.Action is AsynchronousCommandLineAction action) command.Action = new InterruptibleAction(action);
        foreach (Command below in command.Subcommands) Wrap(below);
    }

    public override async Task<int> InvokeAsync(
        ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            over.Cancel();
        });
        await Task.Yield();
        return await action.InvokeAsync(parseResult, over.Token);
    }
}
