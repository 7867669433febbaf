// Package action holds the tests of the GitHub Action and of the workflows: action.yml has no other home.
package action
