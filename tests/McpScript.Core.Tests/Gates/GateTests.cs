using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Gates;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Gates;

public class GateTests
{
    static readonly GateCaller One = new(GateHolder.Session("one-session"), "anonymous callers");
    static readonly GateCaller Two = new(GateHolder.Session("two-session"), "anonymous callers");
    static readonly GateCaller Ann = new(GateHolder.Principal("ann"), "principal ann");

    readonly FakeTimeProvider _time = new(new(2030, 1, 1, 10, 0, 15, TimeSpan.Zero));
    readonly KnownSecrets _secrets = new();

    [Fact]
    public async Task A_correct_code_unlocks_the_group_for_its_caller_only()
    {
        await using var gate = Open();
        var answer = await gate.UnlockAsync(One, "shell", Code());
        Assert.Equal((GateOutcome.Done, "Group 'shell' unlocked. Auto-lock after 120m inactivity."), (answer.Outcome, answer.Text));
        Assert.Equal(["✗ mail: LOCKED", "✓ shell: UNLOCKED — auto-lock in 120m 0s"], Status(gate, One));
        Assert.Equal(["✗ mail: LOCKED", "✗ shell: LOCKED"], Status(gate, Two));
    }

    [Fact]
    public async Task A_group_locks_automatically_unless_it_is_used()
    {
        await using var gate = Open();
        await gate.UnlockAsync(One, "shell", Code());
        _time.Advance(TimeSpan.FromMinutes(119));
        Assert.Null(gate.Pass(One, ["shell"], "sh"));
        _time.Advance(TimeSpan.FromMinutes(119));
        Assert.Null(gate.Pass(One, ["shell"], "sh"));
        _time.Advance(TimeSpan.FromMinutes(120));
        Assert.Contains("Group 'shell' is locked. Call gate_unlock(group='shell', code='<totp>') first.", gate.Pass(One, ["shell"], "sh"));
    }

    [Fact]
    public async Task A_call_that_another_group_blocks_renews_no_unlock()
    {
        await using var gate = Open();
        await gate.UnlockAsync(One, "shell", Code());
        _time.Advance(TimeSpan.FromMinutes(60));
        Assert.Contains("Group 'mail' is locked.", gate.Pass(One, ["mail", "shell"], "both"));
        Assert.Equal("✓ shell: UNLOCKED — auto-lock in 60m 0s", Status(gate, One)[1]);
    }

    [Fact]
    public async Task A_code_is_accepted_once_from_any_caller_and_no_older_one_after_it()
    {
        await using var gate = Open();
        var before = Code(-1);
        await gate.UnlockAsync(One, "shell", Code());
        foreach (var caller in new[] { One, Two, Ann, GateCaller.Operator(GateHolder.Process) })
        {
            var again = await gate.UnlockAsync(caller, "shell", Code());
            Assert.Equal(GateOutcome.WrongCode, again.Outcome);
            Assert.StartsWith("Invalid code: it was used already, so wait for the next one.", again.Text);
        }
        Assert.Equal(GateOutcome.WrongCode, (await gate.UnlockAsync(Ann, "shell", before)).Outcome);
        Assert.Equal(GateOutcome.Done, (await gate.UnlockAsync(Ann, "shell", Code(+1))).Outcome);
    }

    [Fact]
    public async Task Groups_that_share_a_secret_share_its_codes_too()
    {
        await using var gate = Open(settings => settings with { Groups = Groups(("a", new() { SecretRef = "shell" }), ("b", new() { SecretRef = "shell" })) });
        Assert.True((await gate.UnlockAsync(One, "a", Code())).Ok);
        Assert.False((await gate.UnlockAsync(One, "b", Code())).Ok);
        Assert.True((await gate.UnlockAsync(One, "b", Code(+1))).Ok);
    }

    [Fact]
    public async Task Wrong_codes_lock_out_for_a_while_that_doubles()
    {
        await using var gate = Open();
        foreach (var seconds in new[] { 30, 60, 120, 240, 480, 900, 900 })
        {
            for (var left = 4; left > 0; left--)
                Assert.Equal($"Invalid code. {left} attempt(s) left.", (await gate.UnlockAsync(One, "shell", Wrong())).Text);
            var locked = await gate.UnlockAsync(One, "shell", Wrong());
            Assert.Equal(
                (GateOutcome.LockedOut, $"Group 'shell' locked out after 5 failed attempts. Try again in {seconds} s."), (locked.Outcome, locked.Text));
            // Not even the right one, and looking again does not make it longer.
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal("Group 'shell' locked out after 5 failed attempts. Try again in 1 s.", (await gate.UnlockAsync(One, "shell", Code())).Text);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.True((await gate.UnlockAsync(One, "shell", Code())).Ok);
        // From the beginning again.
        _time.Advance(Totp.Default.Step);
        Assert.Equal("Invalid code. 4 attempt(s) left.", (await gate.UnlockAsync(One, "shell", Wrong())).Text);
    }

    [Fact]
    public async Task A_lock_out_applies_to_all_anonymous_callers_of_the_group_and_to_no_other_caller()
    {
        await using var gate = Open();
        await gate.UnlockAsync(Two, "shell", Code(-1));
        for (var i = 0; i < 5; i++)
            await gate.UnlockAsync(One, "shell", Wrong());

        var fresh = new GateCaller(GateHolder.Session("a-new-session"), "anonymous callers");
        Assert.Equal(GateOutcome.LockedOut, (await gate.UnlockAsync(fresh, "shell", Code())).Outcome);
        Assert.Equal("✗ shell: LOCKED — locked out for 0m 30s", Status(gate, fresh)[1]);
        // What is open stays open, other groups can be opened, and other people are not concerned.
        Assert.Null(gate.Pass(Two, ["shell"], "sh"));
        Assert.True((await gate.UnlockAsync(fresh, "mail", _secrets.Code("mail", _time.GetUtcNow()))).Ok);
        Assert.True((await gate.UnlockAsync(Ann, "shell", Code())).Ok);
        Assert.True((await gate.UnlockAsync(GateCaller.Operator(One.Holder), "shell", Code(+1))).Ok);
        Assert.Null(gate.Pass(One, ["shell"], "sh"));
    }

    [Fact]
    public async Task A_hundred_concurrent_guesses_count_as_a_hundred()
    {
        await using var gate = Open();
        var wrong = Wrong();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => gate.UnlockAsync(One, "shell", wrong))));
        Assert.Equal(4, answers.Count(answer => answer.Outcome is GateOutcome.WrongCode));
        Assert.Equal(96, answers.Count(answer => answer.Outcome is GateOutcome.LockedOut));
    }

    [Fact]
    public async Task One_code_from_many_concurrent_callers_unlocks_for_one_caller()
    {
        await using var gate = Open(settings => settings with { Lockout = settings.Lockout with { Attempts = 100 } });
        var code = Code();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => Task.Run(() => gate.UnlockAsync(new(GateHolder.Session($"{i}"), "anonymous callers"), "shell", code))));
        Assert.Single(answers, answer => answer.Ok);
    }

    [Fact]
    public async Task A_code_that_is_not_six_digits_is_refused_and_counts()
    {
        await using var gate = Open();
        Assert.Equal("Invalid code: it should be the six digits that the authenticator shows. 4 attempt(s) left.",
            (await gate.UnlockAsync(One, "shell", $"+{Code()}")).Text);
        Assert.Equal(GateOutcome.WrongCode, (await gate.UnlockAsync(One, "shell", $" {Code()} ")).Outcome);
        Assert.True((await gate.UnlockAsync(One, "shell", Code())).Ok);
    }

    [Fact]
    public async Task A_group_may_have_codes_of_eight_digits_with_another_hash_and_period()
    {
        var codes = new Totp(TotpAlgorithm.Sha512, 8, 60);
        await using var gate = Open(settings => settings with
        {
            Groups = settings.Groups.SetItem("shell", new() { Algorithm = TotpAlgorithm.Sha512, Digits = 8, Period = TimeSpan.FromSeconds(60) }),
        });
        Assert.Contains("The code is the eight digits", gate.Pass(One, ["shell"], "sh"));
        Assert.StartsWith("Invalid code: it should be the eight digits", (await gate.UnlockAsync(One, "shell", Code())).Text);
        var code = _secrets.Code("shell", _time.GetUtcNow(), codes);

        Assert.True((await gate.UnlockAsync(One, "shell", code)).Ok);
        Assert.StartsWith("Invalid code: it was used already", (await gate.UnlockAsync(Two, "shell", code)).Text);
    }

    [Fact]
    public async Task A_used_code_is_refused_by_another_group_with_the_same_secret_whatever_the_period_of_a_third()
    {
        await using var gate = Open(settings => settings with
        {
            Groups = settings.Groups.SetItem("shell", new() { SecretRef = "S" }).SetItem("mail", new() { SecretRef = "S" })
                .SetItem("slow", new() { SecretRef = "S", Period = TimeSpan.FromSeconds(15) }),
        });
        Assert.True((await gate.UnlockAsync(One, "slow", _secrets.Code("S", _time.GetUtcNow(), new(Period: 15)))).Ok);
        var code = _secrets.Code("S", _time.GetUtcNow());

        Assert.True((await gate.UnlockAsync(One, "shell", code)).Ok);
        Assert.StartsWith("Invalid code: it was used already", (await gate.UnlockAsync(Two, "mail", code)).Text);
    }

    [Fact]
    public async Task The_kill_switch_locks_all_groups_for_all_callers()
    {
        await using var gate = Open();
        await gate.UnlockAsync(One, "shell", Code());
        await gate.UnlockAsync(Ann, "mail", _secrets.Code("mail", _time.GetUtcNow()));
        Assert.Equal("All groups locked.", gate.Lock(null).Text);
        Assert.NotNull(gate.Pass(One, ["shell"], "sh"));
        Assert.NotNull(gate.Pass(Ann, ["mail"], "send"));
    }

    [Fact]
    public async Task A_caller_locks_only_its_own_groups()
    {
        await using var gate = Open();
        await gate.UnlockAsync(One, "shell", Code(-1));
        await gate.UnlockAsync(Two, "shell", Code());
        Assert.Equal("Group 'shell' locked.", gate.Lock(One.Holder, "shell").Text);
        Assert.NotNull(gate.Pass(One, ["shell"], "sh"));
        Assert.Null(gate.Pass(Two, ["shell"], "sh"));
    }

    [Fact]
    public async Task An_unused_unlock_expires_even_with_a_longer_timeout_of_its_group()
    {
        await using var gate = Open(settings => settings with { Groups = Groups(("shell", new() { Timeout = TimeSpan.FromDays(1) })) });
        await gate.UnlockAsync(One, "shell", Code());
        _time.Advance(TimeSpan.FromHours(2.9));
        Assert.Null(gate.Pass(One, ["shell"], "sh"));
        _time.Advance(TimeSpan.FromHours(3));
        Assert.NotNull(gate.Pass(One, ["shell"], "sh"));
    }

    [Fact]
    public async Task Changed_groups_take_effect_and_unlocked_groups_stay_unlocked()
    {
        await using var gate = Open();
        await gate.UnlockAsync(One, "shell", Code());
        await gate.UnlockAsync(One, "mail", _secrets.Code("mail", _time.GetUtcNow()));
        gate.Apply(Groups(("shell", new() { Timeout = TimeSpan.FromMinutes(1) })));
        Assert.Equal(["✓ shell: UNLOCKED — auto-lock in 1m 0s"], Status(gate, One));
        Assert.Contains("'gate.groups' does not have it any more", gate.Pass(One, ["mail"], "send"));
        // Back again, but not open again; and another secret is another lock.
        gate.Apply(Groups(("shell", new() { SecretRef = "other" }), ("mail", new())));
        Assert.Equal(["✗ mail: LOCKED", "✗ shell: LOCKED"], Status(gate, One));
    }

    [Theory]
    [InlineData("zz", "Unknown group 'zz'. There are: mail, shell")]
    [InlineData("503302", "Unknown group. There are: mail, shell")]
    public async Task An_unknown_group_is_reported_and_a_code_in_its_place_is_not_repeated(string group, string text)
    {
        await using var gate = Open();
        Assert.Equal(new GateAnswer(GateOutcome.UnknownGroup, text), await gate.UnlockAsync(One, group, Code()));
        Assert.Equal(GateOutcome.UnknownGroup, gate.Lock(One.Holder, group).Outcome);
    }

    [Theory]
    [InlineData("JBSWY3DPEHPK3PXP", "is too short: 80 bits")]
    [InlineData("not a secret!", "is not Base32")]
    public async Task An_invalid_secret_keeps_its_group_locked_and_the_reason_does_not_show_it(string secret, string why)
    {
        await using var gate = new Gate(Settings(), new EnvironmentSecrets(_ => secret), _time);
        for (var i = 0; i < 6; i++)
        {
            var answer = await gate.UnlockAsync(One, "shell", "000000");
            Assert.Equal(GateOutcome.NoSecret, answer.Outcome);
            Assert.Contains(why, answer.Text);
            Assert.DoesNotContain(secret, answer.Text);
        }
        Assert.Contains(why, Status(gate, One)[1]);
    }

    Gate Open(Func<GateSettings, GateSettings>? change = null) => new(change is null ? Settings() : change(Settings()), _secrets, _time);

    static GateSettings Settings() => new() { Groups = Groups(("shell", new()), ("mail", new())) };

    static ImmutableSortedDictionary<string, GateGroupSettings> Groups(params (string Name, GateGroupSettings Settings)[] groups) =>
        groups.ToImmutableSortedDictionary(group => group.Name, group => group.Settings);

    static IReadOnlyList<string> Status(Gate gate, GateCaller caller) => [.. gate.StatusFor(caller).Select(group => group.ToString())];

    string Code(int step = 0) => _secrets.Code("shell", _time.GetUtcNow() + step * Totp.Default.Step);

    string Wrong() => _secrets.Wrong("shell", _time.GetUtcNow());
}
